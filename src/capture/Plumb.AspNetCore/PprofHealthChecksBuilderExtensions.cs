using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Plumb.AspNetCore.Health;

namespace Plumb.AspNetCore;

public static class PprofHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is degraded while what survives full collections rises without end. It needs neither the agent nor
    /// <see cref="PprofServiceCollectionExtensions.AddPprof"/>, and causes no collection.
    /// </summary>
    /// <param name="failureStatus">What a suspected leak is; by default <see cref="HealthStatus.Degraded"/>.</param>
    public static IHealthChecksBuilder AddPprofLeakSuspicion(this IHealthChecksBuilder builder, string name = "leak", HealthStatus failureStatus = HealthStatus.Degraded)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<HeapTrend>();
        builder.Services.AddHostedService<HeapWatch>();
        return builder.Add(new HealthCheckRegistration(name, provider => new PprofHealthCheck(provider.GetRequiredService<HeapTrend>()), failureStatus, ["memory"]));
    }
}
