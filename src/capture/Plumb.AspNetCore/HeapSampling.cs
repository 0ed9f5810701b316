using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plumb.Runtime;

namespace Plumb.AspNetCore;

/// <summary>Samples allocations while the host runs. A service without the agent runs all the same, and says so once.</summary>
internal sealed partial class HeapSampling(RuntimeProfiles profiles, IOptions<PprofOptions> options, ILogger<HeapSampling> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled || !options.Value.SampleHeap)
            return;
        try
        {
            await profiles.StartAsync(cancellationToken).ConfigureAwait(false);
            Sampling(log);
        }
        catch (ProfileUnavailableException e)
        {
            Unavailable(log, e.Message);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await profiles.DisposeAsync().ConfigureAwait(false);

    [LoggerMessage(1, LogLevel.Information, "Allocations are sampled")]
    private static partial void Sampling(ILogger log);

    [LoggerMessage(2, LogLevel.Warning, "No heap profiles: {Reason}")]
    private static partial void Unavailable(ILogger log, string reason);
}
