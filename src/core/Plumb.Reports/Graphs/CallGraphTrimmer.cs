namespace Plumb.Reports.Graphs;

/// <summary>
/// Builds the graph of a report in the steps that pprof takes: small entries go, then all but the most telling ones, and calls are
/// summed anew between what is left, since the calls of a graph cannot say which samples took them.
/// </summary>
internal sealed class CallGraphTrimmer(Report report, NodeSource source)
{
    private readonly bool _isPicture = report.Format == ReportFormat.Dot;
    private readonly CallNode[] _nodes = source.Nodes();

    public CallGraph Trim()
    {
        NodeChoice choice = NodeChoice.Choose(_nodes, report.Options);
        bool edgesWereCut = _isPicture ? ChoosePicture(choice) : ChooseText(choice);
        int dropped = EdgeTrimming.DropSmall(choice.Shown, choice.EdgeCutoff);
        if (_isPicture)
        {
            TrimTags(choice);
            EdgeTrimming.DropRedundant(choice.Shown);
        }

        return new CallGraph(choice, edgesWereCut ? 0 : dropped);
    }

    private bool ChooseText(NodeChoice choice)
    {
        choice.Shown.Sort(NodeOrder.By(report.Options.Sort));
        if (report.Options.NodeCount > 0)
            choice.Limit(report.Options.NodeCount);

        Connect(choice);
        return false;
    }

    // The order of a picture depends on its calls, and its size on the labels that hang on the entries.
    private bool ChoosePicture(NodeChoice choice)
    {
        Connect(choice);
        AddTags(choice);
        NodeOrder.SortByEntropy(choice.Shown);
        if (report.Options.NodeCount <= 0)
            return false;

        TrimTags(choice);
        int count = PictureSize.Count(choice.Shown, report.Options.NodeCount);
        if (count >= choice.Shown.Count)
        {
            // They go now, and the reference does not count them.
            EdgeTrimming.DropSmall(choice.Shown, choice.EdgeCutoff);
            return true;
        }

        choice.Limit(count);
        Reconnect(choice);
        NodeOrder.SortByEntropy(choice.Shown);
        return false;
    }

    private void Connect(NodeChoice choice)
    {
        EdgeTable edges = source.Edges(choice.Mask(_nodes.Length), Asked(), report.Cancellation);
        for (int i = 0; i < edges.Count; i++)
        {
            EdgeTable.Row row = edges[i];
            var edge = new CallEdge(_nodes[row.Source], _nodes[row.Target])
            {
                Weight = row.Weight,
                Divisor = row.Divisor,
                IsResidual = row.IsResidual,
                IsInline = row.IsInline,
            };
            edge.Source.Out.Add(edge);
            edge.Target.In.Add(edge);
        }
    }

    // Whoever looks at a few entries does not need the calls of all others.
    private bool[]? Asked() => report.Format == ReportFormat.Peek && report.Symbol is { } symbol
        ? Array.ConvertAll(_nodes, node => symbol.IsMatch(node.Name))
        : null;

    private void Reconnect(NodeChoice choice)
    {
        foreach (CallNode node in _nodes)
        {
            node.In.Clear();
            node.Out.Clear();
        }

        Connect(choice);
    }

    private void AddTags(NodeChoice choice)
    {
        foreach ((int id, NodeTags tags) in TagSums.ByEntry(report, source, choice.Mask(_nodes.Length)))
            _nodes[id].Tags = tags;
    }

    private static void TrimTags(NodeChoice choice)
    {
        foreach (CallNode node in choice.Shown)
            node.Tags?.Trim(choice.NodeCutoff);
    }
}
