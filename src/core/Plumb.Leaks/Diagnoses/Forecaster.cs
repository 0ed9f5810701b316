using Plumb.Leaks.Growth;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Diagnoses;

/// <summary>When limits are reached if growth goes on.</summary>
internal sealed class Forecaster(SnapshotSeries series, Judged judged)
{
    private const double EphemeralPorts = 28_232;

    // Go collects when the heap has grown by GOGC percent over what was live, so it needs that much above the live heap.
    private const double DefaultGoGcPercent = 100;

    // runtime/debug.SetMaxThreads.
    private const double GoThreads = 10_000;

    /// <summary>For the figures that a suspect explains, the limit that comes first; null when none is known.</summary>
    public Forecast? Of(Suspect suspect)
    {
        var forecasts = suspect.Figures.Select(OfFigure).Append(suspect.Heap.Any() ? OfHeap() : null).Append(suspect.Sites.Exists(HoldsConnection) ? OfPool() : null);
        return Earliest(forecasts);
    }

    /// <summary>Of all figures of the process that grow, the limit that comes first.</summary>
    public static Forecast? Earliest(IEnumerable<Forecast?> forecasts) => forecasts.Where(f => f is not null).MinBy(f => f!.TimeToLimit);

    private Forecast? OfFigure(ProcessFigure figure) => figure.Name switch
    {
        MetricNames.RssBytes => Until(figure, "memory limit", Last(MetricNames.MemoryLimitBytes), null),
        MetricNames.Descriptors => Until(figure, "descriptor limit", Last(MetricNames.DescriptorLimit), null),
        MetricNames.Sockets => Until(figure, "descriptor limit", Last(MetricNames.DescriptorLimit), null),
        MetricNames.Threads => Until(figure, "thread limit", GoThreads, "of the Go runtime, which ends a program that has more"),
        "tcp.ESTABLISHED" => Until(figure, "ephemeral ports", EphemeralPorts, "for connections to one address and port"),
        _ => null,
    };

    private Forecast? OfHeap()
    {
        if (judged.Figure("heap_live_bytes") is not { } heap) return null;
        var limit = Last(MetricNames.MemoryLimitBytes);
        if (Last(MetricNames.GoMemoryLimitBytes) is { } soft && !(soft >= limit))
            return Until(heap, "GOMEMLIMIT", soft, "near GOMEMLIMIT the collector runs without pause before memory is out");
        var percent = LastOfAny(MetricNames.GoGcPercent) ?? DefaultGoGcPercent;
        return percent < 0
            ? Until(heap, "memory limit", limit, "live heap; with GOGC=off garbage comes on top of it, so the end comes sooner")
            : Until(
                heap,
                "memory limit",
                limit / (1 + percent / 100),
                FormattableString.Invariant($"live heap, with the headroom of GOGC={percent:0} that the collector lets it grow into"));
    }

    // A pool that is full stops every request that needs a connection, long before memory is out.
    private Forecast? OfPool()
    {
        if (Last(MetricNames.SqlMaxOpen) is not { } most) return null;
        double[] used = [.. series.Snapshots.Select(s => s.Metric(MetricNames.SqlInUse))];
        if (Array.Exists(used, v => !double.IsFinite(v)) || used.Length < 2) return null;
        var seconds = judged.Timeline.Seconds;
        return Until(ResourceNames.Socket, "connection pool", most, "SetMaxOpenConns: then every further query waits", used[^1], TheilSen.Fit(seconds, used));
    }

    private static bool HoldsConnection(Site site) => Array.Exists(site.Frames, f => f.Package == "database/sql");

    private static Forecast? Until(ProcessFigure figure, string name, double? limit, string? note) =>
        Until(figure.Resource, name, limit, note, figure.Series.Values.LastOrDefault(double.IsFinite, double.NaN), figure.Growth.PerSecond);

    private static Forecast? Until(string resource, string name, double? limit, string? note, double current, SlopeBand line)
    {
        if (limit is not { } stop || !(line.Slope > 0) || !double.IsFinite(current)) return null;
        var left = Math.Max(0, stop - current);
        return new Forecast
        {
            Resource = resource,
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

    private double? Last(string name) => LastOfAny(name) is { } value and > 0 ? value : null;

    private double? LastOfAny(string name)
    {
        for (var i = series.Count - 1; i >= 0; i--)
        {
            var value = series[i].Metric(name);
            if (double.IsFinite(value)) return value;
        }

        return null;
    }
}
