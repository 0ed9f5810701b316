using Plumb.Agent.Contract;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Agent;

/// <summary>
/// A claim to the agent at work in this process, which the process attached itself, without a restart. There is one agent however many
/// claim it: it goes with the last claim.
/// </summary>
internal sealed class HeapAgent : IAgent
{
    private static readonly TimeSpan AttachTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly AgentLibrary _library;
    private int _released;

    private HeapAgent(AgentLibrary library) => _library = library;

    /// <exception cref="ProfileUnavailableException">There is no agent, or the runtime does not take it; the message says why.</exception>
    public static async Task<HeapAgent> StartAsync(string path, TimeProvider time, CancellationToken stop)
    {
        AgentLibrary library = AgentLibrary.Load(path);
        library.Claim();
        var agent = new HeapAgent(library);
        try
        {
            agent.WasSampling = await SampleAsync(library, path, time, stop).ConfigureAwait(false);
            return agent;
        }
        catch
        {
            agent.Stop();
            throw;
        }
    }

    public bool WasSampling { get; private set; }

    public AgentSnapshot Read() => AgentSnapshot.Of(_library.ReadHeap());

    /// <summary>A copy of this process that stands still. The threads of the next <see cref="Read"/> are those of that moment.</summary>
    /// <exception cref="ProfileUnavailableException">The runtime did not stand still, or the system made no copy.</exception>
    public FrozenProcess Freeze()
    {
        // The system ends a copy with the thread that made it, which is the agent's: the agent stays as long as a copy does.
        _library.Claim();
        FreezeFault fault = _library.Freeze(out int process, out int socket);
        if (fault == FreezeFault.None)
            return new FrozenProcess(process, socket, _library.Release);
        _library.Release();
        throw AgentFaults.Explain(fault);
    }

    public long TaskClass() => typeof(Task).TypeHandle.Value;

    public void Collect() => GC.Collect();

    public void BeginCpu(int hertz)
    {
        if (_library.Cpu(hertz) is not CpuFault.None and var fault)
            throw AgentFaults.Explain(fault);
    }

    public AgentSnapshot EndCpu()
    {
        _ = _library.Cpu(CpuOrder.End);
        return AgentSnapshot.Of(_library.ReadCpu());
    }

    public void ForgetCpu() => _ = _library.Cpu(CpuOrder.GiveUp);

    /// <summary>Gives the claim back. With the last one sampling ends, and the runtime lets go of the agent soon after.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            _library.Release();
    }

    /// <returns>Whether it was there before.</returns>
    private static async Task<bool> SampleAsync(AgentLibrary library, string path, TimeProvider time, CancellationToken stop)
    {
        await library.Starting.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            // One that was stopped a moment ago is let go of first.
            await WaitAsync(library, state => state is not AgentState.Stopping, time, stop).ConfigureAwait(false);
            bool isThere = library.State is not (AgentState.Idle or AgentState.Stopped);
            if (!isThere)
                await AttachAsync(path, stop).ConfigureAwait(false);
            library.TakePart(hasAttached: !isThere);
            await WaitAsync(library, state => state is AgentState.Sampling or AgentState.Refused, time, stop).ConfigureAwait(false);
            if (library.State is AgentState.Refused)
                throw new ProfileUnavailableException("the runtime refused allocation events to the native agent");
            return isThere;
        }
        finally
        {
            _ = library.Starting.Release();
        }
    }

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
            await Task.Run(() => TargetProcess.Own.Client.AttachProfiler(AttachTimeout, AgentContract.ClassId, path, []), stop).ConfigureAwait(false);
        }
        catch (Exception e) when (RuntimeDiagnostics.IsRefusal(e))
        {
            throw RuntimeDiagnostics.Explain(TargetProcess.Own, e, "attach the native agent");
        }
    }
}
