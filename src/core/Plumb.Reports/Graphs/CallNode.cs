using Plumb.Reports.Measurements;

namespace Plumb.Reports.Graphs;

/// <summary>An entry of a report: a function, line, file or address, with what was measured in it and below it.</summary>
public sealed class CallNode
{
    private readonly NodeTable _table;
    private readonly int _entry;

    internal CallNode(int id, NodeTable table, int entry)
    {
        Id = id;
        _table = table;
        _entry = entry;
    }

    /// <summary>Dense and stable, to break ties.</summary>
    internal int Id { get; }

    /// <summary>In a call tree, the path that led here, before any was cut; null elsewhere and at the root.</summary>
    internal CallNode? Parent { get; init; }

    public NodeInfo Info => _table.Info(_entry);

    /// <summary>What reports print.</summary>
    public string Name => _table.Name(_entry);

    public ulong Address => _table.Address(_entry);

    /// <summary>Sum of the samples whose leaf this is.</summary>
    public long Flat { get; internal init; }

    /// <summary>Sum of the samples that have it anywhere on the stack, each once.</summary>
    public long Cum { get; internal init; }

    /// <summary>What a mean divides <see cref="Flat"/> by; 0 for no mean.</summary>
    public long FlatDivisor { get; internal init; }

    /// <summary>What a mean divides <see cref="Cum"/> by; 0 for no mean.</summary>
    public long CumDivisor { get; internal init; }

    /// <summary>What its stacks weigh without their signs: in a comparison, how much moved here although gains and losses may cancel out.</summary>
    internal long Gross { get; init; }

    public long FlatValue => SampleValues.Mean(Flat, FlatDivisor);

    public long CumValue => SampleValues.Mean(Cum, CumDivisor);

    /// <summary>Calls into it.</summary>
    public List<CallEdge> In => field ??= [];

    /// <summary>Calls out of it.</summary>
    public List<CallEdge> Out => field ??= [];

    /// <summary>The labels of its samples; null when there are none, or the report does not show them.</summary>
    public NodeTags? Tags { get; internal set; }
}
