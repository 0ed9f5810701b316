using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Plumb.AspNetCore.Health;

/// <summary>Degraded while what survives full collections rises without end; the description has the figures.</summary>
internal sealed class PprofHealthCheck(HeapTrend trend) : IHealthCheck
{
    private const double Mega = 1 << 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(trend.Suspicion() is { } rise
            ? new HealthCheckResult(context.Registration.FailureStatus, string.Create(
                CultureInfo.InvariantCulture,
                $"what survives full collections rose from {rise.First / Mega:0} to {rise.Last / Mega:0} MB in {rise.Collections} of them within {rise.Span.TotalMinutes:0} min: a leak is suspected, plumb leaks names its line"))
            : HealthCheckResult.Healthy());
}
