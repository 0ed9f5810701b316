namespace Plumb.Leaks.Growth.Gates;

/// <summary>Does an estimated series rest on enough samples?</summary>
internal static class SamplingGate
{
    /// <summary>Null for counts, which need no samples.</summary>
    public static GateResult? Judge(GateInput input)
    {
        if (input.RawSamples is not { Length: > 0 } samples) return null;
        var last = samples[^1];
        var gained = last - samples[0];
        var fits = last >= input.Options.MinRawSamples && gained >= input.Options.MinRawSamples / 2;
        return new GateResult(
            "sampling",
            fits ? GateVerdict.Pass : GateVerdict.Fail,
            fits ? "enough heap samples to judge" : "too few heap samples to judge this stack",
            [new("samples", last), new("samples gained", gained), new("relative error", last > 0 ? 1 / Math.Sqrt(last) : 1)]);
    }
}
