using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;
using Plumb.Profiles.LegacyText;

namespace Plumb.Collectors.Watching;

/// <summary>Reads the figures of a service that is watched, as cheaply as they can be had: no collection is forced and no profile is taken.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class WatchSampler
{
    // heap?debug=1, where the runtime tells its memory, prints every stack of the heap on the way. Of a large service that takes long, and it is
    // asked for so rarely that it takes a twentieth of the time at most.
    private const int RestAfterMemory = 20;

    private readonly HttpTarget _target;
    private readonly IMetricsSource _metrics;
    private readonly TimeProvider _time;
    private MetricsReading _before = MetricsReading.Empty;
    private long _beforeAt;
    private WatchSample _memory = new() { At = default };
    private MemStats? _stats;
    private long? _memoryDue;

    public WatchSampler(HttpTarget target, IMetricsSource metrics, TimeProvider time)
    {
        _target = target;
        _metrics = metrics;
        _time = time;
    }

    /// <summary>A service that does not answer gives a sample that says so.</summary>
    public async Task<WatchSample> TakeAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset at = _time.GetUtcNow();
        MetricsReading reading = await _metrics.ReadAsync(cancellationToken).ConfigureAwait(false);
        long now = _time.GetTimestamp();
        List<string> notes = [.. reading.Notes];
        FetchResult index = await _target.FetchIndexAsync(cancellationToken).ConfigureAwait(false);
        // An address below which only profiles are served answers too.
        bool isAnswered = index is FetchedBody or ErrorStatus;
        if (!isAnswered)
        {
            notes.Add(index.ToString());
        }

        bool hasMemory = isAnswered && await ReadMemoryAsync(cancellationToken).ConfigureAwait(false);
        WatchSample sample = _memory with
        {
            At = at,
            IsAnswered = isAnswered,
            Goroutines = Known(reading, "go_goroutines") ?? (index is FetchedBody page ? GoroutineCount.Read(page.Bytes.Span) : null) ?? double.NaN,
            ResidentBytes = Value(reading, MetricNames.RssBytes),
            Threads = Value(reading, MetricNames.Threads),
            Descriptors = Value(reading, MetricNames.Descriptors),
            Connections = Connections(reading),
            Cores = Rate(reading, MetricNames.CpuSeconds, now),
            RequestsPerSecond = Rate(reading, MetricNames.Requests, now),
            MemoryLimitBytes = Value(reading, MetricNames.MemoryLimitBytes),
            SoftMemoryLimitBytes = Value(reading, MetricNames.GoMemoryLimitBytes),
            DescriptorLimit = Value(reading, MetricNames.DescriptorLimit),
            ProcessId = Value(reading, MetricNames.ProcessId),
            StartTimeSeconds = Value(reading, MetricNames.StartTimeSeconds),
            Notes = notes,
        };
        (_before, _beforeAt) = (reading, now);
        return hasMemory ? sample : sample with { PauseSeconds = double.NaN, Collections = double.NaN };
    }

    private async Task<bool> ReadMemoryAsync(CancellationToken cancellationToken)
    {
        long begun = _time.GetTimestamp();
        if (begun < _memoryDue)
        {
            return false;
        }

        FetchResult result = await _target.FetchAsync("heap?debug=1", cancellationToken).ConfigureAwait(false);
        long ended = _time.GetTimestamp();
        _memoryDue = ended + ((ended - begun) * RestAfterMemory);
        if (result is not FetchedBody body || Parse(body.Bytes) is not { } stats)
        {
            // What is known of another life, or from before the service fell silent, is not known now.
            (_memory, _stats) = (new WatchSample { At = default }, null);
            return false;
        }

        _memory = MemoryOf(stats, _stats);
        _stats = stats;
        return true;
    }

    private static MemStats? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return HeapText.Parse(text, SnapshotDecoder.Limits).MemStats;
        }
        catch (ProfileFormatException)
        {
            return null;
        }
    }

    private static WatchSample MemoryOf(MemStats stats, MemStats? before)
    {
        // A process that was started anew counts from 0 again.
        long since = before is null ? stats.NumGC : before.NumGC <= stats.NumGC ? before.NumGC : 0;
        return new WatchSample
        {
            At = default,
            HeapInUseBytes = stats.HeapInuseBytes,
            HeapIdleBytes = Math.Max(0, stats.HeapIdleBytes - stats.HeapReleasedBytes),
            SystemBytes = Math.Max(0, stats.SysBytes - stats.HeapReleasedBytes),
            NextCollectionBytes = stats.NextGCBytes,
            Collections = stats.NumGC - since,
            PauseSeconds = LongestPause(stats, since),
        };
    }

    private static double LongestPause(MemStats stats, long since)
    {
        int ring = stats.PauseNanos.Length;
        long longest = 0;
        for (long collection = Math.Max(since, stats.NumGC - ring); collection < stats.NumGC && ring > 0; collection++)
        {
            longest = Math.Max(longest, stats.PauseNanos[(int)(collection % ring)]);
        }

        return longest / 1e9;
    }

    private double Rate(MetricsReading reading, string name, long now)
    {
        double passed = _time.GetElapsedTime(_beforeAt, now).TotalSeconds;
        double grown = Value(reading, name) - Value(_before, name);
        return grown >= 0 && passed > 0 ? grown / passed : double.NaN;
    }

    private static Dictionary<string, double> Connections(MetricsReading reading) => reading.Values
        .Where(one => one.Key.StartsWith(MetricNames.TcpPrefix, StringComparison.Ordinal) && !one.Key.EndsWith(".LISTEN", StringComparison.Ordinal))
        .ToDictionary(one => one.Key[MetricNames.TcpPrefix.Length..], one => one.Value, StringComparer.Ordinal);

    private static double Value(MetricsReading reading, string name) => Known(reading, name) ?? double.NaN;

    private static double? Known(MetricsReading reading, string name) => reading.Values.TryGetValue(name, out double value) ? value : null;
}
