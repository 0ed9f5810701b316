namespace Plumb.Leaks.Growth.Gates;

/// <summary>
/// Does as much of what comes stay as before? A cache keeps all that comes until it is full, and gives back as much from then on, while its estimate still
/// wanders; a leak keeps the same part to the end. A heap profile counts what was ever allocated as well as what is live, so the part is known.
/// </summary>
internal static class KeptGate
{
    // Where most of what comes is garbage from the start, a little that was kept at first would look like much.
    private const double KeepsMost = 0.7;
    private const double MuchLess = 0.6;
    private const double Deviations = 3;
    private const int FewestPoints = 6;

    /// <summary>Null when it is not known, or never kept most of what came.</summary>
    public static GateResult? Judge(GateInput input)
    {
        if (input is not { RawSamples: { Length: >= FewestPoints } live, AllocatedSamples: { } ever }) return null;
        var center = live.Length / 2;
        var (came, later) = (ever[center] - ever[0], ever[^1] - ever[center]);
        if (!(came > 0) || !(later > 0)) return null;
        var kept = Math.Min(1, (live[center] - live[0]) / came);
        if (kept < KeepsMost) return null;
        var keptLater = (live[^1] - live[center]) / later;
        var missing = (kept - keptLater) * Math.Sqrt(later);
        var dies = keptLater < MuchLess * kept && missing >= Deviations;
        return new GateResult(
            "kept",
            dies ? GateVerdict.Fail : GateVerdict.Pass,
            dies ? "at first what came was kept, and now most of it goes again: it has filled" : "as much of what comes is kept as at first",
            [new("kept in the first half", kept), new("kept in the second half", keptLater), new("deviations missing", missing)]);
    }
}
