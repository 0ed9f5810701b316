using Plumb.Reports.Measurements;

namespace Plumb.Reports.Graphs;

/// <summary>The entries of a report and the calls between them, trimmed as the options say.</summary>
public sealed class CallGraph
{
    internal CallGraph(NodeChoice choice, int droppedEdges)
    {
        Nodes = choice.Shown;
        OriginalCount = choice.OriginalCount;
        DroppedNodes = choice.DroppedCount;
        DroppedEdges = droppedEdges;
    }

    /// <summary>In the order of the report.</summary>
    public IReadOnlyList<CallNode> Nodes { get; }

    /// <summary>Nodes left after the small ones were dropped, before their number was limited.</summary>
    public int OriginalCount { get; }

    public int DroppedNodes { get; }

    public int DroppedEdges { get; }

    /// <summary>Sum of what the nodes shown have of their own.</summary>
    public long FlatTotal => SampleValues.Sum(Nodes.Select(node => node.FlatValue));

    public static CallGraph Build(Report report)
    {
        // Only pictures tell paths apart; in a text the same name would stand there many times.
        bool isTree = report.Options.CallTree && report.Format is (ReportFormat.Dot or ReportFormat.Callgrind);
        NodeSource source = NodeSource.Of(report);
        return isTree ? new CallTreeTrimmer(report, source).Trim() : new CallGraphTrimmer(report, source).Trim();
    }
}
