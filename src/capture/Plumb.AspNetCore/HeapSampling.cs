using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plumb.Runtime;

namespace Plumb.AspNetCore;

/// <summary>
/// Samples allocations while the host runs and the options want it, which may change meanwhile. A service without the agent
/// runs all the same, and says so once.
/// </summary>
internal sealed partial class HeapSampling(RuntimeProfiles profiles, IOptionsMonitor<PprofOptions> options, ILogger<HeapSampling> log) : IHostedService, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ending = new();
    private IDisposable? _changes;
    private bool _isSampling;
    private bool _hasEnded;

    /// <summary>The runtime takes the agent while the host goes on starting: a service must not come up later because it can be looked at.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A connection or a task is known from its start on alone, and both begin as the host starts.
        Watch(options.CurrentValue);
        _changes = options.OnChange((_, _) => _ = FollowAsync(_ending.Token));
        _ = Task.Run(() => FollowAsync(_ending.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _changes?.Dispose();
        await _ending.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        _hasEnded = true;
        _ = _turn.Release();
        await profiles.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _changes?.Dispose();
        _turn.Dispose();
        _ending.Dispose();
    }

    private void Watch(PprofOptions now)
    {
        if (now.Enabled)
            profiles.WatchConnections();
        if (!now.Enabled || !now.TrackTasks)
        {
            profiles.StopTracking();
            return;
        }

        try
        {
            profiles.StartTracking();
        }
        catch (ProfileUnavailableException e)
        {
            Untracked(log, e.Message);
        }
    }

    /// <summary>Does what the options say now.</summary>
    private async Task FollowAsync(CancellationToken stop)
    {
        try
        {
            await _turn.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The host ends.
            return;
        }

        try
        {
            PprofOptions now = options.CurrentValue;
            bool isWanted = now.Enabled && now.SampleHeap && !_hasEnded;
            if (!_hasEnded)
                Watch(now);
            if (isWanted && !_isSampling)
            {
                await profiles.StartAsync(stop).ConfigureAwait(false);
                Sampling(log);
            }
            else if (!now.Enabled && !_hasEnded)
            {
                // Also what a request started: switched off, nothing of it is left in the process.
                await profiles.DisposeAsync().ConfigureAwait(false);
                NotSampling(log);
            }

            _isSampling = isWanted;
        }
        catch (ProfileUnavailableException e)
        {
            Unavailable(log, e.Message);
        }
        catch (OperationCanceledException)
        {
            // The host ends while the runtime takes the agent.
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Allocations are sampled")]
    private static partial void Sampling(ILogger log);

    [LoggerMessage(2, LogLevel.Warning, "No heap profiles: {Reason}")]
    private static partial void Unavailable(ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Tasks are not tracked: {Reason}")]
    private static partial void Untracked(ILogger log, string reason);

    [LoggerMessage(3, LogLevel.Information, "Allocations are not sampled: profiles are switched off")]
    private static partial void NotSampling(ILogger log);
}
