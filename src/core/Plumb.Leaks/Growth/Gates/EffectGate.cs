namespace Plumb.Leaks.Growth.Gates;

/// <summary>Is the growth large beside the level, the noise, and what is worth a word?</summary>
internal static class EffectGate
{
    public static GateResult Judge(GateInput input)
    {
        var median = RobustStatistics.Median(input.Adjusted);
        var needed = Math.Max(
            input.Series.SmallestGrowth,
            Math.Max(input.Options.MinRelativeGrowth * Math.Abs(median), input.Options.NoiseMultiple * input.Noise));
        var fits = input.Growth >= needed;
        return new GateResult(
            "effect",
            fits ? GateVerdict.Pass : GateVerdict.Fail,
            fits ? "the growth is larger than the noise and than 5 % of the level" : "too little growth beside the level and the noise",
            [new("growth", input.Growth), new("needed", needed), new("median", median), new("noise", input.Noise)]);
    }
}
