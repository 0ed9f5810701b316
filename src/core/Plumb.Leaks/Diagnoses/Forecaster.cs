using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Diagnoses;

/// <summary>When limits are reached if growth goes on.</summary>
internal sealed class Forecaster(SnapshotSeries series, Judged judged)
{
    private const double EphemeralPorts = 28_232;

    // Go collects when the heap has grown by GOGC percent over what was live, so it needs that much above the live heap.
    private const double DefaultGoGcPercent = 100;

    /// <summary>For the figures that a suspect explains, the limit that comes first; null when none is known.</summary>
    public Forecast? Of(Suspect suspect)
    {
        var forecasts = suspect.Figures.Select(OfFigure).Append(suspect.Heap.Any() ? OfHeap() : null);
        return Earliest(forecasts);
    }

    /// <summary>Of all figures of the process that grow, the limit that comes first.</summary>
    public static Forecast? Earliest(IEnumerable<Forecast?> forecasts) => forecasts.Where(f => f is not null).MinBy(f => f!.TimeToLimit);

    private Forecast? OfFigure(ProcessFigure figure) => figure.Name switch
    {
        MetricNames.RssBytes => Until(figure, "memory limit", Last(MetricNames.MemoryLimitBytes), null),
        MetricNames.Descriptors => Until(figure, "descriptor limit", Last(MetricNames.DescriptorLimit), null),
        MetricNames.Sockets => Until(figure, "descriptor limit", Last(MetricNames.DescriptorLimit), null),
        "tcp.ESTABLISHED" => Until(figure, "ephemeral ports", EphemeralPorts, "for connections to one address and port"),
        _ => null,
    };

    private Forecast? OfHeap()
    {
        if (judged.Figure("heap_live_bytes") is not { } heap || Last(MetricNames.MemoryLimitBytes) is not { } limit) return null;
        if (Last(MetricNames.GoMemoryLimitBytes) is { } soft && soft < limit)
            return Until(heap, "GOMEMLIMIT", soft, "near GOMEMLIMIT the collector runs without pause before memory is out");
        var percent = Last(MetricNames.GoGcPercent) ?? DefaultGoGcPercent;
        return Until(
            heap,
            "memory limit",
            limit / (1 + percent / 100),
            FormattableString.Invariant($"live heap, with the headroom of GOGC={percent:0} that the collector lets it grow into"));
    }

    private static Forecast? Until(ProcessFigure figure, string name, double? limit, string? note)
    {
        var line = figure.Growth.PerSecond;
        if (limit is not { } stop || !(line.Slope > 0)) return null;
        var current = figure.Series.Values.LastOrDefault(double.IsFinite, double.NaN);
        if (!double.IsFinite(current)) return null;
        var left = Math.Max(0, stop - current);
        return new Forecast
        {
            Resource = figure.Resource,
            LimitName = name,
            Limit = stop,
            Current = current,
            PerSecond = line.Slope,
            TimeToLimit = Span(left / line.Slope),
            Earliest = Span(left / Math.Max(line.Slope, line.High)),
            Latest = line.Low > 0 ? Span(left / line.Low) : null,
            Note = note,
        };
    }

    private static TimeSpan Span(double seconds) =>
        seconds >= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);

    private double? Last(string name)
    {
        for (var i = series.Count - 1; i >= 0; i--)
        {
            var value = series[i].Metric(name);
            if (double.IsFinite(value) && value > 0) return value;
        }

        return null;
    }
}
