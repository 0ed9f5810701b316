using System.Diagnostics.Tracing;
using System.Globalization;
using Plumb.Runtime.Events;
using Plumb.Runtime.NetTrace;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Heap;

/// <summary>
/// The heap as the runtime itself tells it, object by object, at the end of a full collection (the events that gcdump tools read). Whoever
/// asks pays: everything stands still meanwhile.
/// </summary>
internal sealed class HeapWalk(TargetProcess target, TimeProvider time)
{
    private const long CollectionsOnly = 1;

    /// <summary>The runtime names a type to one session only.</summary>
    private static readonly SemaphoreSlim s_turn = new(1);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // What a service is burdened with while it looks at itself is 80 MB at the most; another process may be large.
    private const int MaxOwnObjects = 1_000_000;
    private const int MaxObjects = 8_000_000;

    private readonly HeapWalkSink _sink = new(new HeapGraph(target.IsOwn ? MaxOwnObjects : MaxObjects));

    /// <exception cref="ProfileUnavailableException">The runtime starts no session, or does not come to an end.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        await s_turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await WalkAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            _ = s_turn.Release();
        }
    }

    public IEnumerable<TypeCount> Types() => _sink.Types();

    public IEnumerable<string> Comments()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{_sink.Objects} objects told by the runtime after a full collection");
        if (_sink.LostEvents > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{_sink.LostEvents} events lost by the runtime, of which each tells of many objects: the figures are too low");
        if (!_sink.HoldersAreKnown)
            yield return "what holds the objects is not told: there are too many, or events were lost";
    }

    private async Task WalkAsync(CancellationToken stop)
    {
        // The runtime names a type once until somebody asks for its events without types: then it forgets which it named.
        await EventSession.CaptureAsync(target, [EventSession.OfRuntime(CollectionsOnly, EventLevel.Informational)], trace => NetTraceReader.Read(trace, new NoSink()), _ => Task.CompletedTask, stop, withStacks: false).ConfigureAwait(false);
        await EventSession.CaptureAsync(target, [EventSession.OfHeapWalk()], trace => NetTraceReader.Read(trace, _sink), WaitAsync, stop, withStacks: false).ConfigureAwait(false);
    }

    private async Task WaitAsync(CancellationToken over)
    {
        try
        {
            await _sink.Walked.WaitAsync(Patience, time, over).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new ProfileUnavailableException($"the runtime did not finish its walk over the heap in {Patience.TotalMinutes:0} minutes", e);
        }
    }

    private sealed class NoSink : ITraceSink
    {
        public void Add(in TraceEvent traced)
        {
        }
    }
}
