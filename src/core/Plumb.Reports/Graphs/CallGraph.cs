namespace Plumb.Reports.Graphs;

/// <summary>The entries of a report and the calls between them, trimmed as the options say.</summary>
public sealed class CallGraph
{
    private readonly Dictionary<int, CallNode> _byId = [];

    private CallGraph(NodeChoice choice)
    {
        OriginalCount = choice.OriginalCount;
        DroppedNodes = choice.DroppedCount;
    }

    /// <summary>In the order of the report.</summary>
    public List<CallNode> Nodes { get; } = [];

    /// <summary>Nodes left after the small ones were dropped, before their number was limited.</summary>
    public int OriginalCount { get; }

    public int DroppedNodes { get; }

    public int DroppedEdges { get; private set; }

    /// <summary>The graph of a text report.</summary>
    public static CallGraph Build(Report report)
    {
        NodeSource source = NodeSource.Of(report);
        NodeChoice choice = NodeChoice.Choose(source.Table, source.Sums, report.Options);
        if (report.Options.NodeCount > 0)
            choice.Limit(report.Options.NodeCount);

        var graph = new CallGraph(choice);
        graph.Fill(source, choice, source.Edges(choice.Mask));
        return graph;
    }

    private void Fill(NodeSource source, NodeChoice choice, EdgeTable edges)
    {
        foreach (int node in choice.Shown)
            Nodes.Add(Node(source, node));

        var shown = new HashSet<int>(choice.Shown);
        for (int i = 0; i < edges.Count; i++)
        {
            EdgeTable.Row row = edges[i];
            if (shown.Contains(row.Target) && NodeChoice.Magnitude(row.Weight) < choice.EdgeCutoff)
            {
                DroppedEdges++;
                continue;
            }

            if (shown.Contains(row.Target) || shown.Contains(row.Source))
                Connect(source, row);
        }
    }

    private void Connect(NodeSource source, EdgeTable.Row row)
    {
        CallNode caller = Node(source, row.Source), callee = Node(source, row.Target);
        var edge = new CallEdge(caller, callee)
        {
            Weight = row.Weight,
            Divisor = row.Divisor,
            IsResidual = row.IsResidual,
            IsInline = row.IsInline,
        };
        caller.Out.Add(edge);
        callee.In.Add(edge);
    }

    private CallNode Node(NodeSource source, int id)
    {
        if (_byId.TryGetValue(id, out CallNode? node))
            return node;

        NodeSums sums = source.Sums;
        node = new CallNode(id, source.Table.Info(id), source.Table.Name(id))
        {
            Flat = sums.Flat[id],
            Cum = sums.Cum[id],
            FlatDivisor = sums.FlatDivisor?[id] ?? 0,
            CumDivisor = sums.CumDivisor?[id] ?? 0,
        };
        _byId.Add(id, node);
        return node;
    }
}
