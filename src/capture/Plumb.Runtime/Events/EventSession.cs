using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Events;

/// <summary>A session of the EventPipe of a process's runtime, for a time that is known before.</summary>
internal static class EventSession
{
    /// <summary>What the runtime keeps for those who read slowly. Its default of 256 MB would come out of the service's memory.</summary>
    private const int RuntimeBufferMegabytes = 32;
    /// <summary>A walk over the heap tells everything at once.</summary>
    private const int WalkBufferMegabytes = 256;
    private const int ChunkBytes = 64 * 1024;
    private const long MaxWaitingBytes = 64L << 20;
    private const int ReaderStackBytes = 256 * 1024;

    /// <summary>The runtime's own events, of the keywords given.</summary>
    public static EventPipeProvider OfRuntime(long keywords, EventLevel level) => new(RuntimeEvents.Provider, level, keywords);

    /// <summary>A collection and a walk over what is left.</summary>
    public static EventPipeProvider OfHeapWalk() => OfRuntime(RuntimeEvents.HeapWalkKeywords, EventLevel.Verbose);

    /// <summary>Where every managed thread is, about a thousand times a second.</summary>
    public static EventPipeProvider OfSamples() => new(RuntimeEvents.SampleProvider, EventLevel.Informational);

    /// <param name="read">Called with the trace, on a thread of its own; what it throws comes out of this call.</param>
    /// <param name="during">What goes on while events come in; the session ends with it.</param>
    /// <param name="withStacks">Whether stacks matter, and with them the list of methods at the end.</param>
    /// <exception cref="ProfileUnavailableException">The runtime starts no session; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Stopped before the time was over; the session is ended all the same.</exception>
    public static async Task CaptureAsync(TargetProcess target, IReadOnlyList<EventPipeProvider> providers, Action<Stream> read, Func<CancellationToken, Task> during, CancellationToken stop, bool withStacks = true)
    {
        using EventPipeSession session = await StartAsync(target, providers, withStacks, stop).ConfigureAwait(false);
        using var chunks = new ChunkStream(MaxWaitingBytes);
        Task pumped = OnThreadAsync("plumb events", () => Pump(session.EventStream, chunks));
        Task hasRead = OnThreadAsync("plumb trace", () => read(chunks));
        // A trace that cannot be read ends the wait.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task wait = during(both.Token);
        bool hasBroken = false;
        try
        {
            if (await Task.WhenAny(wait, hasRead, pumped).ConfigureAwait(false) is var first && first != wait)
                await both.CancelAsync().ConfigureAwait(false);
            hasBroken = first == pumped;
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            // The runtime writes its list of methods before it answers, for which the pump must run.
            await StopAsync(session).ConfigureAwait(false);
            await pumped.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            chunks.Complete();
            await hasRead.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        stop.ThrowIfCancellationRequested();
        if (!target.IsOwn && target.HasEnded)
            throw new ProfileUnavailableException($"process {target.Id} has ended");
        if (hasBroken)
            throw new ProfileUnavailableException("the runtime broke off the event session");
        await hasRead.ConfigureAwait(false);
        await wait.ConfigureAwait(false);
    }

    private static async Task<EventPipeSession> StartAsync(TargetProcess target, IReadOnlyList<EventPipeProvider> providers, bool withStacks, CancellationToken stop)
    {
        try
        {
            int megabytes = withStacks ? RuntimeBufferMegabytes : WalkBufferMegabytes;
            var configuration = new EventPipeSessionConfiguration(providers, megabytes, requestRundown: withStacks, requestStackwalk: withStacks);
            return await target.Client.StartEventPipeSessionAsync(configuration, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (RuntimeDiagnostics.IsRefusal(e))
        {
            throw RuntimeDiagnostics.Explain(target, e, "start an event session");
        }
    }

    private static async Task StopAsync(EventPipeSession session)
    {
        try
        {
            await session.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (RuntimeDiagnostics.IsRefusal(e) || e is EndOfStreamException or IOException)
        {
            // It has ended already; what was read is what there is.
        }
    }

    // Nothing but reading happens here: a thread that waits for a lock of the runtime while the runtime waits for room in the pipe would
    // hang both (dotnet/diagnostics#1892).
    private static void Pump(Stream events, ChunkStream chunks)
    {
        while (true)
        {
            byte[] chunk = GC.AllocateUninitializedArray<byte>(ChunkBytes);
            int read = events.Read(chunk, 0, chunk.Length);
            if (read == 0)
                return;
            chunks.Append(new ArraySegment<byte>(chunk, 0, read));
        }
    }

    private static Task OnThreadAsync(string name, Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Run, ReaderStackBytes) { IsBackground = true, Name = name }.Start();
        return done.Task;

        void Run()
        {
            try
            {
                work();
                done.SetResult();
            }
#pragma warning disable CA1031 // The edge of a thread: whoever awaits the task gets it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        }
    }
}
