namespace Plumb.Leaks.Growth.Gates;

/// <summary>Is it one jump? A configuration loaded, a pool opened: once is not a leak.</summary>
internal static class StepGate
{
    private const double ShareOfGrowth = 0.5;
    private const double NoiseMultiple = 4;

    public static GateResult Judge(GateInput input)
    {
        var largest = 0.0;
        for (var i = 1; i < input.Adjusted.Length; i++) largest = Math.Max(largest, input.Adjusted[i] - input.Adjusted[i - 1]);
        var growth = Math.Max(input.Growth, input.Adjusted[^1] - input.Adjusted[0]);
        var isStep = largest > ShareOfGrowth * growth && largest > NoiseMultiple * NoiseWithoutStep(input.Adjusted);
        return new GateResult(
            "step",
            isStep ? GateVerdict.Fail : GateVerdict.Pass,
            isStep ? "one jump makes up most of the growth" : "no single jump makes up the growth",
            [new("largest increment", largest), new("growth", growth)]);
    }

    // Around a fitted line a step is its own residual, so the noise is taken from the changes between neighbours.
    private static double NoiseWithoutStep(double[] values)
    {
        var changes = new double[Math.Max(0, values.Length - 1)];
        for (var i = 0; i < changes.Length; i++) changes[i] = values[i + 1] - values[i];
        return RobustStatistics.Sigma(changes) / Math.Sqrt(2);
    }
}
