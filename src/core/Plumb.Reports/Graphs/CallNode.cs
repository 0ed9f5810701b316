namespace Plumb.Reports.Graphs;

/// <summary>An entry of a report: a function, line, file or address, with what was measured in it and below it.</summary>
public sealed class CallNode
{
    internal CallNode(int id, NodeInfo info, string name)
    {
        Id = id;
        Info = info;
        Name = name;
    }

    /// <summary>Dense and stable, to break ties.</summary>
    internal int Id { get; }

    public NodeInfo Info { get; }

    /// <summary>What reports print.</summary>
    public string Name { get; }

    /// <summary>Sum of the samples whose leaf this is.</summary>
    public long Flat { get; internal set; }

    /// <summary>Sum of the samples that have it anywhere on the stack, each once.</summary>
    public long Cum { get; internal set; }

    /// <summary>What a mean divides <see cref="Flat"/> by; 0 for no mean.</summary>
    public long FlatDivisor { get; internal set; }

    /// <summary>What a mean divides <see cref="Cum"/> by; 0 for no mean.</summary>
    public long CumDivisor { get; internal set; }

    public long FlatValue => FlatDivisor == 0 ? Flat : Flat / FlatDivisor;

    public long CumValue => CumDivisor == 0 ? Cum : Cum / CumDivisor;

    /// <summary>Calls into it.</summary>
    public List<CallEdge> In { get; } = [];

    /// <summary>Calls out of it.</summary>
    public List<CallEdge> Out { get; } = [];
}
