using Plumb.Agent.Contract;
using Plumb.Runtime.Frozen;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Agent;

/// <summary>
/// Part in the agent at work in this process, which the process attached itself, without a restart. There is one agent however many
/// take part, and it counts them, those in other processes included: it goes with the last one.
/// </summary>
internal sealed class HeapAgent : IAgent
{
    private static readonly TimeSpan AttachTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Held by the one who looks whether the agent is there, and has the runtime attach it when it is not.</summary>
    private static readonly SemaphoreSlim s_starting = new(1);

    private readonly AgentLibrary _library;
    private int _hasLeft;

    private HeapAgent(AgentLibrary library, bool wasSampling)
    {
        _library = library;
        WasSampling = wasSampling;
    }

    public bool WasSampling { get; }

    /// <exception cref="ProfileUnavailableException">There is no agent, or the runtime does not take it; the message says why.</exception>
    public static async Task<HeapAgent> StartAsync(string path, TimeProvider time, CancellationToken stop)
    {
        AgentLibrary library = AgentLibrary.Load(path);
        await s_starting.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var agent = new HeapAgent(library, await JoinOrAttachAsync(library, path, time, stop).ConfigureAwait(false));
            await agent.AwaitSamplesAsync(time, stop).ConfigureAwait(false);
            return agent;
        }
        finally
        {
            _ = s_starting.Release();
        }
    }

    public AgentSnapshot Read() => AgentSnapshot.Of(_library.ReadHeap());

    /// <summary>A copy of this process that stands still. The threads of the next <see cref="Read"/> are those of that moment.</summary>
    /// <exception cref="ProfileUnavailableException">The runtime did not stand still, or the system made no copy.</exception>
    public FrozenProcess Freeze()
    {
        // The system ends a copy with the thread that made it, which is the agent's: the agent stays as long as a copy does.
        if (!_library.Join())
            throw AgentFaults.Stopped();
        FreezeFault fault = _library.Freeze(out int process, out int socket);
        if (fault == FreezeFault.None)
            return new FrozenProcess(process, socket, _library.Leave);
        _library.Leave();
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

    /// <summary>Leaves. When nobody else takes part sampling ends, and the runtime lets go of the agent soon after.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
            _library.Leave();
    }

    /// <returns>Whether it was there before.</returns>
    private static async Task<bool> JoinOrAttachAsync(AgentLibrary library, string path, TimeProvider time, CancellationToken stop)
    {
        long start = time.GetTimestamp();
        while (library.State is not (AgentState.Idle or AgentState.Stopped))
        {
            if (library.Join())
                return true;
            ThrowIfRefused(library);
            // The last one left a moment ago: the runtime lets go of it first.
            await StepAsync(library, start, time, stop).ConfigureAwait(false);
        }

        await AttachAsync(path, stop).ConfigureAwait(false);
        return false;
    }

    private async Task AwaitSamplesAsync(TimeProvider time, CancellationToken stop)
    {
        long start = time.GetTimestamp();
        try
        {
            while (_library.State is not AgentState.Sampling)
            {
                ThrowIfRefused(_library);
                await StepAsync(_library, start, time, stop).ConfigureAwait(false);
            }
        }
        catch
        {
            Stop();
            throw;
        }
    }

    private static void ThrowIfRefused(AgentLibrary library)
    {
        if (library.State is AgentState.Refused)
            throw new ProfileUnavailableException("the runtime refused allocation events to the native agent");
    }

    private static async Task StepAsync(AgentLibrary library, long start, TimeProvider time, CancellationToken stop)
    {
        if (time.GetElapsedTime(start) > AttachTimeout)
            throw new ProfileUnavailableException($"the native agent is {library.State.ToString().ToLowerInvariant()} for more than {AttachTimeout.TotalSeconds:0} s");
        await Task.Delay(Step, time, stop).ConfigureAwait(false);
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
