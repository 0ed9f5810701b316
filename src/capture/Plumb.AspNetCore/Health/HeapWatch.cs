using Microsoft.Extensions.Hosting;

namespace Plumb.AspNetCore.Health;

/// <summary>Reads what is alive after each full collection that happens; causes none.</summary>
internal sealed class HeapWatch(HeapTrend trend, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long seen = 0;
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                seen = Look(seen);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private long Look(long seen)
    {
        GCMemoryInfo last = Later(GC.GetGCMemoryInfo(GCKind.FullBlocking), GC.GetGCMemoryInfo(GCKind.Background));
        if (last.Index > seen)
            trend.Add(time.GetUtcNow(), last.HeapSizeBytes - last.FragmentedBytes);
        return Math.Max(seen, last.Index);
    }

    private static GCMemoryInfo Later(GCMemoryInfo a, GCMemoryInfo b) => a.Index > b.Index ? a : b;
}
