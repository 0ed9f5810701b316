using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Cpu;
using Plumb.Runtime.Events;
using Plumb.Runtime.Goroutines;
using Plumb.Runtime.Handles;
using Plumb.Runtime.Heap;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime;

/// <summary>
/// Profiles of the own process, as runtime/pprof gives them to Go programs. Safe for concurrent use. Each profile is there or
/// says why not, with a <see cref="ProfileUnavailableException"/>; none is silently empty.
/// </summary>
public sealed class RuntimeProfiles : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _agentPath;
    private readonly TimeProvider _time;
    private HeapAgent? _agent;

    /// <param name="agentPath">The native agent; by default <c>libplumb-agent.so</c> beside this assembly, or where PLUMB_AGENT says.</param>
    public RuntimeProfiles(string? agentPath = null, TimeProvider? time = null)
    {
        _agentPath = agentPath ?? Environment.GetEnvironmentVariable("PLUMB_AGENT")
            ?? Path.Combine(AppContext.BaseDirectory, Plumb.Agent.Contract.AgentContract.FileName);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Attaches the agent, so that allocations count from now on. Calling it again does nothing.</summary>
    public async Task StartAsync(CancellationToken stop = default) => _ = await AgentAsync(stop).ConfigureAwait(false);

    /// <summary>What lives now by allocation stack; starts sampling when that has not been done, and then knows only what comes after.</summary>
    public async Task<Profile> HeapAsync(CancellationToken stop = default) => await ReadAsync("inuse_space", stop).ConfigureAwait(false);

    /// <summary>The same figures as <see cref="HeapAsync"/>, with all allocations since the start shown first.</summary>
    public async Task<Profile> AllocsAsync(CancellationToken stop = default) => await ReadAsync("alloc_space", stop).ConfigureAwait(false);

    /// <summary>
    /// What goes on, as Go's goroutine profile shows it: every thread with its managed stack, and every chain of async methods that wait, with
    /// the lines of their awaits. The service stands still for some milliseconds, 25 or so for each gigabyte of its heap.
    /// </summary>
    public async Task<Profile> GoroutineAsync(CancellationToken stop = default)
    {
        HeapAgent agent = await AgentAsync(stop).ConfigureAwait(false);
        return await Task.Run(() => GoroutineCapture.Take(agent, _time.GetUtcNow()), stop).ConfigureAwait(false);
    }

    /// <summary>
    /// CPU time by stack within a time from now. The agent samples each thread whenever it has taken another 10 ms. Without the agent the
    /// runtime samples where its threads are, and the system's clock of each thread says how much it ran meanwhile: seen only where threads can be
    /// stopped, at a higher price, as the comments of that profile say.
    /// </summary>
    public async Task<Profile> CpuAsync(TimeSpan duration, CancellationToken stop = default)
    {
        string why;
        try
        {
            HeapAgent agent = await AgentAsync(stop).ConfigureAwait(false);
            return await TimerCapture.RunAsync(agent, duration, _time, stop).ConfigureAwait(false);
        }
        catch (ProfileUnavailableException e)
        {
            why = e.Message;
        }

        return await new CpuCapture(_time, why).RunAsync(duration, stop).ConfigureAwait(false);
    }

    /// <summary>How often and how long threads waited for locks that others held, by the stack that waited.</summary>
    public Task<Profile> MutexAsync(TimeSpan duration, CancellationToken stop = default) => EventCapture.Mutex.RunAsync(duration, _time, stop);

    /// <summary>How often and how long threads waited: for locks, tasks, semaphores and other handles; the label <c>kind</c> tells which.</summary>
    public Task<Profile> BlockAsync(TimeSpan duration, CancellationToken stop = default) => EventCapture.Block.RunAsync(duration, _time, stop);

    /// <summary>Exceptions thrown, by the stack that threw, with their <c>type</c> as a label. Messages are left out: they may hold secrets.</summary>
    public Task<Profile> ExceptionsAsync(TimeSpan duration, CancellationToken stop = default) => EventCapture.Exceptions.RunAsync(duration, _time, stop);

    /// <summary>Threads created, by the stack that created them.</summary>
    public Task<Profile> ThreadCreationAsync(TimeSpan duration, CancellationToken stop = default) => EventCapture.ThreadCreation.RunAsync(duration, _time, stop);

    /// <summary>What is open: sockets by their other end, files by folder; a profile of counts whose places are those, not code.</summary>
    public Profile Handles() => OpenHandles.Read(_time.GetUtcNow());

    /// <summary>Copies the runtime's own trace (nettrace): samples of all threads, collections, exceptions, locks, the pool, loading and compiling.</summary>
    public Task TraceAsync(Stream target, TimeSpan duration, CancellationToken stop = default) => TraceCopy.RunAsync(target, duration, _time, stop);

    /// <summary>The methods at addresses of code, each as its author wrote it; empty where there is no managed code.</summary>
    public static Task<string[]> NamesAsync(IReadOnlyList<ulong> addresses, CancellationToken stop = default) => AddressNames.FindAsync(addresses, stop);

    /// <summary>Detaches the agent. It can be started again.</summary>
    public async ValueTask DisposeAsync()
    {
        // The semaphore has nothing that needs disposing, and late readers shall hear why rather than fault.
        await _starting.WaitAsync().ConfigureAwait(false);
        _agent?.Stop();
        _agent = null;
        _ = _starting.Release();
    }

    private async Task<Profile> ReadAsync(string defaultSampleType, CancellationToken stop)
    {
        HeapAgent agent = await AgentAsync(stop).ConfigureAwait(false);
        using var names = new FrameNamer();
        return HeapProfile.Build(agent.Read(), names, defaultSampleType, _time.GetUtcNow());
    }

    private async Task<HeapAgent> AgentAsync(CancellationToken stop)
    {
        if (_agent is { } running)
            return running;
        await _starting.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return _agent ??= await HeapAgent.StartAsync(_agentPath, _time, stop).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }
}
