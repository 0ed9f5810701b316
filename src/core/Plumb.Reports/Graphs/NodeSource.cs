using Plumb.Profiles.Filtering;
using Plumb.Reports.Text;

namespace Plumb.Reports.Graphs;

/// <summary>What all graphs of a report start from: its entries, where they stand on the stacks, and what they sum to.</summary>
internal sealed class NodeSource
{
    private NodeSource(Report report, NodeTable table, FrameMap frames)
    {
        Selection = report.Selection;
        Table = table;
        Frames = frames;
        Weights = StackWeights.Sum(report.Selection, report.Column, report.DivisorColumn);
        Sums = NodeSums.Of(report.Selection, frames, Weights, table.Count);
    }

    public ProfileSelection Selection { get; }

    public NodeTable Table { get; }

    public FrameMap Frames { get; }

    public StackWeights Weights { get; }

    public NodeSums Sums { get; }

    public static NodeSource Of(Report report)
    {
        // Only views of the code itself tell functions of the same name in different binaries apart.
        bool withObject = report.Format is ReportFormat.List or ReportFormat.WebList or ReportFormat.Disassembly or ReportFormat.Callgrind;
        NodeDetail detail = NodeDetail.Of(report.Options, withObject);
        var table = new NodeTable(report.Profile, detail, report.Trimming);
        return new NodeSource(report, table, FrameMap.Build(report.Selection, table, detail.Inlines));
    }

    public EdgeTable Edges(bool[]? kept, bool[]? targets = null) => EdgeTable.Of(Selection, Frames, Weights, kept, targets);

    /// <summary>All entries with their sums; an entry's id is its row.</summary>
    public CallNode[] Nodes()
    {
        var nodes = new CallNode[Table.Count];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = new CallNode(i, Table, i)
            {
                Flat = Sums.Flat[i],
                FlatDivisor = Sums.FlatDivisor?[i] ?? 0,
                Cum = Sums.Cum[i],
                CumDivisor = Sums.CumDivisor?[i] ?? 0,
                Gross = Sums.Gross?[i] ?? 0,
            };
        }

        return nodes;
    }

    /// <summary>Where each location's frames are, with paths as the profile has them; for views of single samples.</summary>
    public static (NodeTable Table, FrameMap Frames) Locations(Report report)
    {
        NodeDetail detail = NodeDetail.Of(report.Options, alwaysObject: false);
        var table = new NodeTable(report.Profile, detail, SourceTrimming.None);
        return (table, FrameMap.Build(report.Selection, table, detail.Inlines));
    }
}
