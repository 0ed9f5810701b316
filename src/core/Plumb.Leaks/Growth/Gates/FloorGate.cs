namespace Plumb.Leaks.Growth.Gates;

/// <summary>Does what is never given back rise? A burst lifts the top of a series; a leak lifts its floor.</summary>
internal static class FloorGate
{
    public static GateResult Judge(GateInput input)
    {
        var values = input.Adjusted.AsSpan();
        var third = values.Length / 3;
        var early = RobustStatistics.Min(values[..third]);
        var middle = RobustStatistics.Min(values[third..^third]);
        var late = RobustStatistics.Min(values[^third..]);
        // What only ever arrives, but seldom, may leave a third of the time without any.
        var rises = Arrivals.Of(input) is { AreKept: true } ? early < late && early <= middle : early < middle && middle < late;
        return new GateResult(
            "floor",
            rises ? GateVerdict.Pass : GateVerdict.Fail,
            rises ? "its lowest points rise" : "its lowest points do not rise",
            [new("floor of the first third", early), new("of the middle", middle), new("of the last third", late)]);
    }
}
