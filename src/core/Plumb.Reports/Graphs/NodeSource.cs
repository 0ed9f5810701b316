using Plumb.Profiles.Filtering;
using Plumb.Reports.Text;

namespace Plumb.Reports.Graphs;

/// <summary>
/// What all graphs of a report start from: its entries, where they stand on the stacks, and what they sum to. Reports share it, also from
/// several threads, so nothing here changes but what is made when it is first asked for: names and sums.
/// </summary>
internal sealed class NodeSource
{
    private readonly Lazy<NodeSums> _sums;

    private NodeSource(ProfileSelection selection, NodeTable table, FrameMap frames, StackWeights weights)
    {
        Selection = selection;
        Table = table;
        Frames = frames;
        Weights = weights;
        _sums = new Lazy<NodeSums>(() => NodeSums.Of(selection, frames, weights, table.Count, StackRanges.Suitable(selection.Profile.Stacks)));
    }

    public ProfileSelection Selection { get; }

    public NodeTable Table { get; }

    public FrameMap Frames { get; }

    public StackWeights Weights { get; }

    /// <summary>A flame graph does without.</summary>
    public NodeSums Sums => _sums.Value;

    public static NodeSource Of(Report report)
    {
        // Only views of the code itself tell functions of the same name in different binaries apart.
        bool withObject = report.Format is ReportFormat.List or ReportFormat.WebList or ReportFormat.Disassembly or ReportFormat.Callgrind;
        NodeDetail detail = NodeDetail.Of(report.Options, withObject);
        NodeSource source = report.Filtered.Nodes(new NodeSourceKey(
            detail, report.Column, report.DivisorColumn, report.Options.TrimPath, report.Options.SourcePath));

        // Not before they are there: others may wait for the same sums.
        report.Cancellation.ThrowIfCancellationRequested();
        return source;
    }

    public static NodeSource Of(ProfileSelection selection, NodeSourceKey key)
    {
        var table = new NodeTable(selection.Profile, key.Detail, new SourceTrimming(key.TrimPath, key.SourcePath));
        FrameMap frames = FrameMap.Build(selection, table, key.Detail.Inlines);
        return new NodeSource(selection, table, frames, StackWeights.Sum(selection, key.Column, key.DivisorColumn));
    }

    /// <inheritdoc cref="EdgeTable.Of"/>
    public EdgeTable Edges(bool[]? kept, bool[]? ends = null, CancellationToken cancellationToken = default) =>
        EdgeTable.Of(Selection, Frames, Weights, kept, ends, StackRanges.Suitable(Selection.Profile.Stacks), cancellationToken);

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
