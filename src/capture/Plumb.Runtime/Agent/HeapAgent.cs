using Plumb.Agent.Contract;
using Plumb.Runtime.Frozen;

namespace Plumb.Runtime.Agent;

/// <summary>The agent at work in this process: attached by the process itself, without a restart.</summary>
internal sealed class HeapAgent
{
    private static readonly TimeSpan AttachTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly AgentLibrary _library;

    private HeapAgent(AgentLibrary library) => _library = library;

    /// <exception cref="ProfileUnavailableException">There is no agent, or the runtime does not take it; the message says why.</exception>
    public static async Task<HeapAgent> StartAsync(string path, TimeProvider time, CancellationToken stop)
    {
        AgentLibrary library = AgentLibrary.Load(path);
        // One that was stopped a moment ago is let go of first.
        await WaitAsync(library, state => state is not AgentState.Stopping, time, stop).ConfigureAwait(false);
        if (library.State is AgentState.Idle or AgentState.Stopped)
            await AttachAsync(path, stop).ConfigureAwait(false);
        await WaitAsync(library, state => state is AgentState.Sampling or AgentState.Refused, time, stop).ConfigureAwait(false);
        return library.State is AgentState.Refused
            ? throw new ProfileUnavailableException("the runtime refused allocation events to the native agent")
            : new HeapAgent(library);
    }

    public AgentSnapshot Read()
    {
        byte[] bytes = _library.ReadHeap();
        return bytes.Length == 0
            ? throw new ProfileUnavailableException("the native agent has no samples: it was stopped")
            : AgentSnapshot.Parse(bytes);
    }

    /// <summary>A copy of this process that stands still. The threads of the next <see cref="Read"/> are those of that moment.</summary>
    /// <exception cref="ProfileUnavailableException">The runtime did not stand still, or the system made no copy.</exception>
    public FrozenProcess Freeze() => _library.Freeze(out int process, out int socket) switch
    {
        FreezeFault.None => new FrozenProcess(process, socket),
        FreezeFault.NotSampling => throw new ProfileUnavailableException("the native agent was stopped"),
        FreezeFault.RuntimeTooOld => throw new ProfileUnavailableException("the runtime is older than .NET 9, which is the first that lists its objects"),
        FreezeFault.NotSuspended => throw new ProfileUnavailableException("the runtime could not be made to stand still"),
        _ => throw new ProfileUnavailableException("the system made no copy of the process (out of memory or processes)"),
    };

    /// <summary>Ends sampling; the runtime lets go of the agent soon after.</summary>
    public void Stop() => _library.Stop();

    private static async Task WaitAsync(AgentLibrary library, Func<AgentState, bool> until, TimeProvider time, CancellationToken stop)
    {
        long start = time.GetTimestamp();
        while (!until(library.State))
        {
            if (time.GetElapsedTime(start) > AttachTimeout)
                throw new ProfileUnavailableException($"the native agent is {library.State.ToString().ToLowerInvariant()} for more than {AttachTimeout.TotalSeconds:0} s");
            await Task.Delay(Step, time, stop).ConfigureAwait(false);
        }
    }

    private static async Task AttachAsync(string path, CancellationToken stop)
    {
        try
        {
            // The client blocks while the runtime loads the library.
            await Task.Run(() => RuntimeDiagnostics.Own.AttachProfiler(AttachTimeout, AgentContract.ClassId, path, []), stop).ConfigureAwait(false);
        }
        catch (Exception e) when (RuntimeDiagnostics.IsRefusal(e))
        {
            throw RuntimeDiagnostics.Explain(e, "attach the native agent");
        }
    }
}
