namespace Plumb.Leaks.Growth.Gates;

/// <summary>
/// Does the whole that this is a part of rise with it? Objects of a .NET service that other code allocates from now on leave one place for another. Where
/// enough of them were sampled the two are known as one; where not, the whole heap tells.
/// </summary>
internal static class WholeGate
{
    private const double LeastShare = 0.5;

    /// <summary>Null when nothing is known of the whole.</summary>
    public static GateResult? Judge(GateInput input)
    {
        if (input.Whole is not { } whole || !(input.Line.Slope > 0) || Array.Exists(whole, v => !double.IsFinite(v))) return null;
        var share = TheilSen.Fit(input.Timeline.Seconds, whole).Slope / input.Line.Slope;
        var rises = share >= LeastShare;
        return new GateResult(
            "whole",
            rises ? GateVerdict.Pass : GateVerdict.Fail,
            rises ? "the live heap as a whole rises with it" : "the live heap as a whole does not rise with it: the same objects are allocated by other code now",
            [new("slope of the whole over its own", share)]);
    }
}
