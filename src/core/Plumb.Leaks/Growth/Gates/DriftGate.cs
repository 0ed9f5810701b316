namespace Plumb.Leaks.Growth.Gates;

/// <summary>Would it take so long to matter that a restart comes first?</summary>
internal static class DriftGate
{
    // Goroutines and descriptors have no limit of their own everywhere: what one costs in memory, roughly.
    private const double GoroutineBytes = 8 * 1024;
    private const double DefaultDescriptorLimit = 1024;
    private const double DefaultThreadLimit = 10_000;

    public static GateResult Judge(GateInput input)
    {
        var limit = input.Series.Limit ?? DefaultLimit(input.Series.Quantity, input.Options);
        var level = input.Line.At(input.Timeline.Seconds[^1]);
        var seconds = input.Line.Slope > 0 ? Math.Max(0, limit - level) / input.Line.Slope : double.PositiveInfinity;
        var drifts = seconds > input.Options.DriftHorizon.TotalSeconds;
        return new GateResult(
            "drift",
            drifts ? GateVerdict.Fail : GateVerdict.Pass,
            drifts ? "it would take more than 30 days to reach the limit" : "it reaches its limit in less than 30 days",
            [new("limit", limit), new("seconds to the limit", seconds)]);
    }

    private static double DefaultLimit(GrowthQuantity quantity, GrowthOptions options) => quantity switch
    {
        GrowthQuantity.Descriptors => DefaultDescriptorLimit,
        GrowthQuantity.Threads => DefaultThreadLimit,
        GrowthQuantity.Goroutines => options.AssumedMemoryLimitBytes / GoroutineBytes,
        // An object keeps at least one allocation class alive; what it really holds is judged by its bytes.
        GrowthQuantity.HeapObjects => options.AssumedMemoryLimitBytes / 16,
        _ => options.AssumedMemoryLimitBytes,
    };
}
