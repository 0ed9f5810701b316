using Plumb.Collectors.Targets;
using Plumb.Leaks.Isolation;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;
using Plumb.Profiles.LegacyText;
using Plumb.Profiles.Proto;

namespace Plumb.Collectors.Recording;

/// <summary>Takes snapshots of a service once it has come to rest: connections closed, handlers returned, pools emptied by two collections.</summary>
public sealed class RestingService
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(100);

    private readonly HttpTarget _target;
    private readonly IMetricsSource _metrics;
    private readonly TimeProvider _time;
    private readonly TimeSpan _longest;

    /// <param name="target">Where its profiles are.</param>
    /// <param name="metrics">Its figures.</param>
    /// <param name="time">The clock.</param>
    /// <param name="longest">How long is waited for it at most; what still goes on then is part of the snapshot.</param>
    public RestingService(HttpTarget target, IMetricsSource metrics, TimeProvider time, TimeSpan longest)
    {
        _target = target;
        _metrics = metrics;
        _time = time;
        _longest = longest;
    }

    /// <summary>Waits until goroutines no longer become fewer, and takes a snapshot.</summary>
    public async Task<Snapshot> TakeAsync(int sequence, bool withText, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken).ConfigureAwait(false);
        List<string> notes = [];
        // What sync.Pools hold survives one collection and not two. The text has the runtime's own, exact, count of the live heap.
        ReadOnlyMemory<byte>? heap = await BodyAsync("heap?gc=1", notes, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte>? exact = await BodyAsync("heap?gc=1&debug=1", notes, cancellationToken).ConfigureAwait(false);
        MetricsReading metrics = await _metrics.ReadAsync(cancellationToken).ConfigureAwait(false);
        var values = new Dictionary<string, double>(metrics.Values);
        if (HeapAlloc(exact) is { } bytes)
        {
            values[RoundSignals.HeapAllocBytes] = bytes;
        }

        return SnapshotDecoder.Decode(new Capture
        {
            Sequence = sequence,
            At = _time.GetUtcNow(),
            Heap = heap,
            Goroutine = await BodyAsync("goroutine", notes, cancellationToken).ConfigureAwait(false),
            GoroutineText = withText ? await BodyAsync("goroutine?debug=2", notes, cancellationToken).ConfigureAwait(false) : null,
            Metrics = values,
            Notes = [.. metrics.Notes, .. notes],
        });
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        double before = double.PositiveInfinity;
        // Two looks in a row that see no fewer.
        for (int settled = 0; settled < 2 && _time.GetElapsedTime(started) < _longest;)
        {
            double now = await GoroutinesAsync(cancellationToken).ConfigureAwait(false);
            settled = now < before ? 0 : settled + 1;
            before = now;
            await Task.Delay(s_poll, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<double> GoroutinesAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? body = await BodyAsync("goroutine", [], cancellationToken).ConfigureAwait(false);
        try
        {
            return body is { } bytes ? Total(ProfileDecoder.Decode(bytes, SnapshotDecoder.Limits)) : double.PositiveInfinity;
        }
        catch (ProfileFormatException)
        {
            // The snapshot will say what is wrong with it.
            return 0;
        }
    }

    private static double Total(Profile profile)
    {
        double sum = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            sum += profile.Samples.Values(i)[0];
        }

        return sum;
    }

    private static double? HeapAlloc(ReadOnlyMemory<byte>? text)
    {
        try
        {
            return text is { } bytes && HeapText.Parse(bytes, SnapshotDecoder.Limits).MemStats is { HeapAllocBytes: > 0 } stats ? stats.HeapAllocBytes : null;
        }
        catch (ProfileFormatException)
        {
            return null;
        }
    }

    private async Task<ReadOnlyMemory<byte>?> BodyAsync(string path, List<string> notes, CancellationToken cancellationToken)
    {
        FetchResult result = await _target.FetchAsync(path, cancellationToken).ConfigureAwait(false);
        if (result is FetchedBody body)
        {
            return body.Bytes;
        }

        notes.Add(result.ToString());
        return null;
    }
}
