using System.Diagnostics.Metrics;

namespace Plumb.AspNetCore;

/// <summary>What serving profiles costs, as metrics of the meter <c>Plumb.AspNetCore</c>.</summary>
internal sealed class PprofMetrics
{
    public const string MeterName = "Plumb.AspNetCore";

    private readonly Histogram<double> _captures;

    public PprofMetrics(IMeterFactory factory)
    {
        Meter meter = factory.Create(MeterName);
        _captures = meter.CreateHistogram<double>("plumb.pprof.capture.duration", "s", "Time that profiles took, by profile and outcome: taken, unavailable, busy, cancelled.");
    }

    public void Captured(string profile, string outcome, TimeSpan duration) => _captures.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("profile", profile),
        new KeyValuePair<string, object?>("outcome", outcome));
}
