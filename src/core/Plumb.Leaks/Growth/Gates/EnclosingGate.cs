namespace Plumb.Leaks.Growth.Gates;

/// <summary>
/// Does what is known exactly rise as well? An estimate that rests on few samples may wander upwards while resident memory
/// stays where it is; one that rests on many needs no witness. (Nor could it always have one: memory that was allocated but
/// never written to is not resident.)
/// </summary>
internal static class EnclosingGate
{
    private const double EnoughSamples = 24;
    private const double LeastShare = 0.25;

    /// <summary>Null when there is no enclosing figure, or no need of one.</summary>
    public static GateResult? Judge(GateInput input)
    {
        if (input.Enclosing is not { } enclosing || input.RawSamples is not { Length: > 3 } samples || samples[^1] >= EnoughSamples) return null;
        var middle = enclosing.Length / 2;
        if (Array.Exists(enclosing, v => !double.IsFinite(v))) return null;
        var seconds = input.Timeline.Seconds[middle..];
        var line = TheilSen.Fit(seconds, enclosing.AsSpan(middle));
        var share = input.Line.Slope > 0 ? line.Slope / input.Line.Slope : 0;
        var rises = share >= LeastShare;
        return new GateResult(
            "resident",
            rises ? GateVerdict.Pass : GateVerdict.Fail,
            rises ? "resident memory rises with it" : "resident memory does not rise with it, and the estimate rests on few samples",
            [new("slope of resident memory over its own", share)]);
    }
}
