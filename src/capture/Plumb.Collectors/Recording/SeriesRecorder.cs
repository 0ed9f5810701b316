using System.Runtime.CompilerServices;
using Plumb.Collectors.Targets;

namespace Plumb.Collectors.Recording;

/// <summary>Takes snapshots of a running service on a fixed schedule.</summary>
/// <remarks>
/// A target that hangs, fails or dies costs the snapshots that it did not give, and none of those before. Snapshots keep to the
/// schedule of the plan: when one takes longer than the interval, those that it ran over are left out rather than crowded together.
/// </remarks>
public sealed class SeriesRecorder
{
    /// <summary>After so many snapshots in a row without any profile, the target counts as gone.</summary>
    public const int MaxFailedInARow = 3;

    private readonly HttpTarget _target;
    private readonly IMetricsSource _metrics;
    private readonly TimeProvider _time;
    private bool _provesNothing;

    public SeriesRecorder(HttpTarget target, IMetricsSource metrics, TimeProvider time)
    {
        _target = target;
        _metrics = metrics;
        _time = time;
    }

    /// <summary>
    /// The snapshots of <paramref name="plan"/>, each as soon as it is there, failed ones too. Being cancelled ends the series as if
    /// it were complete: what was taken so far is to be judged.
    /// </summary>
    public async IAsyncEnumerable<Capture> CaptureAsync(RecordingPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        long started = _time.GetTimestamp();
        int texts = 0;
        int failedInARow = 0;
        for (int index = 0; index < plan.Snapshots && failedInARow < MaxFailedInARow; index = NextIndex(plan, index, started))
        {
            if (await TakeAsync(plan, index, texts, started, cancellationToken).ConfigureAwait(false) is not { } capture)
            {
                yield break;
            }

            texts += capture.GoroutineText is null ? 0 : 1;
            failedInARow = capture.HasProfile ? 0 : failedInARow + 1;
            yield return capture;
        }
    }

    // The last snapshot is taken even when it is late: a series should span the time that was asked for.
    private int NextIndex(RecordingPlan plan, int index, long started)
    {
        int next = index + 1;
        TimeSpan elapsed = _time.GetElapsedTime(started);
        while (next < plan.Snapshots - 1 && plan.Due(next + 1) <= elapsed)
        {
            next++;
        }

        return next;
    }

    private async Task<Capture?> TakeAsync(RecordingPlan plan, int index, int texts, long started, CancellationToken cancellationToken)
    {
        try
        {
            TimeSpan wait = plan.Due(index) - _time.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            }

            return await TakeAsync(index, plan.WantsGoroutineText(index, texts), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>One snapshot, now. Metrics come first: what the service spends on making profiles is not its own growth.</summary>
    /// <param name="index">Its place in the series.</param>
    /// <param name="withText">Whether <c>goroutine?debug=2</c> is taken as well, which stops the service while every stack is printed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Capture> TakeAsync(int index, bool withText, CancellationToken cancellationToken)
    {
        DateTimeOffset at = _time.GetUtcNow();
        MetricsReading metrics = await _metrics.ReadAsync(cancellationToken).ConfigureAwait(false);
        List<string> notes = [.. metrics.Notes];
        ReadOnlyMemory<byte>? heap = await BodyAsync("heap?gc=1", notes, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte>? goroutine = await BodyAsync("goroutine", notes, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte>? text = withText && (heap ?? goroutine) is not null
            ? await BodyAsync("goroutine?debug=2", notes, cancellationToken).ConfigureAwait(false)
            : null;
        return new Capture
        {
            Sequence = index,
            At = at,
            Heap = heap,
            Goroutine = goroutine,
            GoroutineText = text,
            GoroutineLeak = withText && goroutine is not null ? await ProvenAsync(cancellationToken).ConfigureAwait(false) : null,
            Metrics = metrics.Values,
            Notes = notes,
        };
    }

    // Go before 1.26 has no such profile, and says so to the first question. The collection that the first answer starts may find only a part
    // of what is stuck, as what holds the rest is only then seen to be garbage: the second answer counts.
    private async Task<ReadOnlyMemory<byte>?> ProvenAsync(CancellationToken cancellationToken)
    {
        if (_provesNothing)
        {
            return null;
        }

        if (await _target.FetchAsync("goroutineleak", cancellationToken).ConfigureAwait(false) is not FetchedBody)
        {
            _provesNothing = true;
            return null;
        }

        return await _target.FetchAsync("goroutineleak", cancellationToken).ConfigureAwait(false) is FetchedBody proven ? proven.Bytes : null;
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
