using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Cpu;
using Plumb.Runtime.Events;
using Plumb.Runtime.Goroutines;
using Plumb.Runtime.Handles;
using Plumb.Runtime.Heap;
using Plumb.Runtime.Naming;
using Plumb.Runtime.Processes;
using Plumb.Runtime.Statistics;

namespace Plumb.Runtime;

/// <summary>
/// Profiles of the own process, as runtime/pprof gives them to Go programs, or of another one. Safe for concurrent use. Each profile is
/// there or says why not, with a <see cref="ProfileUnavailableException"/>; none is silently empty.
/// </summary>
public sealed class RuntimeProfiles : IAsyncDisposable
{
    private const string LiveSpace = "inuse_space";

    private readonly SemaphoreSlim _starting = new(1);
    private readonly TargetProcess _target;
    private readonly string _agentPath;
    private readonly TimeProvider _time;
    private IAgent? _agent;
    private readonly ThreadWaits _waits;
    private readonly Lock _tracks = new();
    private HttpConnections? _connections;
    private TaskTracking? _tracking;

    /// <param name="agentPath">The native agent; by default <c>libplumb-agent.so</c> beside this assembly, or where PLUMB_AGENT says.</param>
    public RuntimeProfiles(string? agentPath = null, TimeProvider? time = null)
        : this(TargetProcess.Own, agentPath, time)
    {
    }

    private RuntimeProfiles(TargetProcess target, string? agentPath, TimeProvider? time)
    {
        _target = target;
        _agentPath = agentPath ?? Environment.GetEnvironmentVariable("PLUMB_AGENT")
            ?? Path.Combine(AppContext.BaseDirectory, Plumb.Agent.Contract.AgentContract.FileName);
        _time = time ?? TimeProvider.System;
        _waits = new ThreadWaits(target, _time);
    }

    /// <summary>The process that the profiles are of.</summary>
    public int ProcessId => _target.Id;

    /// <summary>Whether they are of this process itself.</summary>
    public bool IsOwnProcess => _target.IsOwn;

    /// <summary>Whether the process has ended; nobody may have taken note of that yet.</summary>
    public bool HasEnded => _target.HasEnded;

    /// <summary>Whether the agent was at work before this object needed it: then its samples reach further back.</summary>
    public bool WasSampling => _agent?.WasSampling ?? false;

    /// <summary>The profiles of a process of this machine, seen from outside: it needs no endpoint and no restart.</summary>
    /// <param name="agentPath">As of the constructor: the file from here, which the other process is given.</param>
    /// <exception cref="ProfileUnavailableException">There is no such process, it is none of this user's or not of .NET, or does not let itself be asked.</exception>
    public static RuntimeProfiles OfProcess(int id, string? agentPath = null, TimeProvider? time = null) => new(TargetProcess.Find(id), agentPath, time);

    /// <summary>Attaches the agent, so that allocations count from now on. Calling it again does nothing.</summary>
    public async Task StartAsync(CancellationToken stop = default) => _ = await AgentAsync(stop).ConfigureAwait(false);

    /// <summary>What lives now by allocation stack; starts sampling when that has not been done, and then knows only what comes after.</summary>
    public async Task<Profile> HeapAsync(CancellationToken stop = default) => await ReadAsync(LiveSpace, stop).ConfigureAwait(false);

    /// <summary>The same figures as <see cref="HeapAsync"/>, with all allocations since the start shown first.</summary>
    public async Task<Profile> AllocsAsync(CancellationToken stop = default) => await ReadAsync("alloc_space", stop).ConfigureAwait(false);

    /// <summary>
    /// Everything that lives, by type: exact, and of the whole heap, but not by who allocated it. With the agent it is counted in a copy of the
    /// process that stands still, garbage that is not collected included; without it the runtime collects, and tells of every object while the
    /// service stands still: two seconds or so for each gigabyte.
    /// </summary>
    public async Task<Profile> TypesAsync(CancellationToken stop = default)
    {
        try
        {
            IAgent agent = await AgentAsync(stop).ConfigureAwait(false);
            return await Task.Run(() => TypesCapture.Take(_target, agent, _time.GetUtcNow()), stop).ConfigureAwait(false);
        }
        catch (ProfileUnavailableException e) when (!_target.HasEnded)
        {
            return await WalkAsync(e.Message, stop).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Everything that lives, by type and by what holds it: static fields with their names, handles, threads. The runtime collects and tells of
    /// every object and reference, while the service stands still: two seconds or so for each gigabyte.
    /// </summary>
    public Task<Profile> RetentionAsync(CancellationToken stop = default) => WalkAsync(withHolders: true, [], stop);

    /// <summary>
    /// What goes on, as Go's goroutine profile shows it: every thread with its managed stack, and every chain of async methods that wait, with
    /// the lines of their awaits. The service stands still for some milliseconds, 25 or so for each gigabyte of its heap; unless its tasks are
    /// tracked (<see cref="StartTracking"/>): then nothing stands still, and threads have names instead of stacks. Waits of a minute and more are
    /// the label <c>wait</c>, where they are known.
    /// </summary>
    public async Task<Profile> GoroutineAsync(CancellationToken stop = default)
    {
        if (_tracking is { } tracking)
            return await Task.Run(() => GoroutineCapture.Track(_target, tracking, _waits, _time.GetUtcNow()), stop).ConfigureAwait(false);
        IAgent agent = await AgentAsync(stop).ConfigureAwait(false);
        return await Task.Run(() => GoroutineCapture.Freeze(_target, agent, _waits, _time.GetUtcNow()), stop).ConfigureAwait(false);
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
            IAgent agent = await AgentAsync(stop).ConfigureAwait(false);
            return await TimerCapture.RunAsync(_target, agent, duration, _time, stop).ConfigureAwait(false);
        }
        catch (ProfileUnavailableException e) when (_target.IsOwn || !_target.HasEnded)
        {
            why = e.Message;
        }

        return await new CpuCapture(_target, _time, why).RunAsync(duration, stop).ConfigureAwait(false);
    }

    /// <summary>How often and how long threads waited for locks that others held, by the stack that waited.</summary>
    public Task<Profile> MutexAsync(TimeSpan duration, CancellationToken stop = default) => EventCapture.Mutex.RunAsync(_target, duration, _time, stop);

    /// <summary>How often and how long threads waited: for locks, tasks, semaphores and other handles; the label <c>kind</c> tells which.</summary>
    public Task<Profile> BlockAsync(TimeSpan duration, CancellationToken stop = default) => EventCapture.Block.RunAsync(_target, duration, _time, stop);

    /// <summary>Exceptions thrown, by the stack that threw, with their <c>type</c> as a label. Messages are left out: they may hold secrets.</summary>
    public Task<Profile> ExceptionsAsync(TimeSpan duration, CancellationToken stop = default) => EventCapture.Exceptions.RunAsync(_target, duration, _time, stop);

    /// <summary>Threads created, by the stack that created them.</summary>
    public Task<Profile> ThreadCreationAsync(TimeSpan duration, CancellationToken stop = default) => EventCapture.ThreadCreation.RunAsync(_target, duration, _time, stop);

    /// <summary>
    /// What is held open: sockets by their other end, files by folder, timers by what they call and how often, connections of HTTP clients by host. Those
    /// of the own process are known since <see cref="WatchConnections"/>; timers and connections of another one are read from a copy of it, for which it
    /// stands still as for <see cref="GoroutineAsync"/>. A profile of counts; its comments say what is not known.
    /// </summary>
    public async Task<Profile> HandlesAsync(CancellationToken stop = default)
    {
        var profile = new HandleProfile(_time.GetUtcNow());
        OpenHandles.AddTo(profile, _target);
        if (_target.IsOwn)
            AddOwn(profile);
        else
            await AddFrozenAsync(profile, stop).ConfigureAwait(false);
        return profile.Build();
    }

    /// <summary>Counts the connections that HTTP clients of the own process open from now on. Calling it again does nothing.</summary>
    public void WatchConnections()
    {
        if (!_target.IsOwn || _connections is not null)
            return;
        var connections = new HttpConnections(_time.GetUtcNow());
        if (Interlocked.CompareExchange(ref _connections, connections, null) is not null)
            connections.Dispose();
    }

    /// <summary>How many descriptors are open; null where the system does not say.</summary>
    public int? CountHandles() => OpenHandles.Count(_target);

    /// <summary>What the process and its runtime count of themselves; of another process what the system counts.</summary>
    public IReadOnlyList<Statistic> Statistics() => _target.IsOwn ? RuntimeStatistics.Read() : ProcessStatistics.Read(_target);

    /// <summary>The program and its arguments.</summary>
    public string[] CommandLine() => _target.CommandLine;

    /// <summary>Copies the runtime's own trace (nettrace): samples of all threads, collections, exceptions, locks, the pool, loading and compiling.</summary>
    public Task TraceAsync(Stream target, TimeSpan duration, CancellationToken stop = default) => TraceCopy.RunAsync(_target, target, duration, _time, stop);

    /// <summary>The methods at addresses of code, each as its author wrote it; empty where there is no managed code.</summary>
    public Task<string[]> NamesAsync(IReadOnlyList<ulong> addresses, CancellationToken stop = default) => AddressNames.FindAsync(_target, addresses, stop);

    /// <summary>Collects garbage in all generations, so that what is seen next is what is really held.</summary>
    public async Task CollectAsync(CancellationToken stop = default)
    {
        if (_target.IsOwn)
        {
            GC.Collect();
            return;
        }

        try
        {
            IAgent agent = await AgentAsync(stop).ConfigureAwait(false);
            await Task.Run(agent.Collect, stop).ConfigureAwait(false);
        }
        catch (ProfileUnavailableException) when (!_target.HasEnded)
        {
            // What is seen without the agent begins with a collection.
        }
    }

    /// <summary>
    /// Has the runtime list the tasks of the own process that are made from now on, so that <see cref="GoroutineAsync"/> needs neither the agent
    /// nor a copy of the process, and knows how long each has been there. It costs every async call that waits some 100 ns, and keeps what is
    /// listed from being collected. Calling it again does nothing.
    /// </summary>
    /// <exception cref="ProfileUnavailableException">It is another process, or the runtime keeps no such list.</exception>
    public void StartTracking()
    {
        if (!_target.IsOwn)
            throw new ProfileUnavailableException("tasks are tracked in the own process only");
        lock (_tracks)
            _tracking ??= TaskTracking.Start(_waits, _time);
    }

    public void StopTracking()
    {
        lock (_tracks)
        {
            _tracking?.Dispose();
            _tracking = null;
        }
    }

    /// <summary>Detaches the agent, and counts and tracks no more. It can be started again.</summary>
    public async ValueTask DisposeAsync()
    {
        StopTracking();
        Interlocked.Exchange(ref _connections, null)?.Dispose();
        // The semaphore has nothing that needs disposing, and late readers shall hear why rather than fault.
        await _starting.WaitAsync().ConfigureAwait(false);
        if (_agent is { } agent)
            await Task.Run(agent.Stop).ConfigureAwait(false);
        _agent = null;
        _ = _starting.Release();
    }

    private void AddOwn(HandleProfile profile)
    {
        using var names = new FrameNamer(_target);
        ActiveTimers.AddTo(profile, names);
        if (_connections is { } connections)
            connections.AddTo(profile);
        else
            profile.Say($"connections of HTTP clients are not counted: nobody asked for it");
    }

    private async Task AddFrozenAsync(HandleProfile profile, CancellationToken stop)
    {
        try
        {
            IAgent agent = await AgentAsync(stop).ConfigureAwait(false);
            await Task.Run(() => FrozenHandles.AddTo(profile, _target, agent), stop).ConfigureAwait(false);
        }
        catch (ProfileUnavailableException e) when (!_target.HasEnded)
        {
            profile.Say($"timers and connections of HTTP clients are not known, or not all: {e.Message}");
        }
    }

    private Task<Profile> WalkAsync(string reason, CancellationToken stop) => WalkAsync(withHolders: false, [$"by type, not by stack, because {reason}"], stop);

    private async Task<Profile> WalkAsync(bool withHolders, string[] comments, CancellationToken stop)
    {
        var walk = new HeapWalk(_target, _time);
        await walk.RunAsync(stop).ConfigureAwait(false);
        return TypesProfile.Build(_target, walk.Types(), [.. comments, .. walk.Comments()], _time.GetUtcNow(), withHolders);
    }

    private async Task<Profile> ReadAsync(string defaultSampleType, CancellationToken stop)
    {
        IAgent agent;
        try
        {
            agent = await AgentAsync(stop).ConfigureAwait(false);
        }
        catch (ProfileUnavailableException e) when (!_target.IsOwn && !_target.HasEnded && defaultSampleType == LiveSpace)
        {
            // From outside somebody asks this once; the own endpoints are asked again and again, and would stop the service each time.
            return await WalkAsync(e.Message, stop).ConfigureAwait(false);
        }

        using var names = new FrameNamer(_target);
        return HeapProfile.Build(agent.Read(), names, defaultSampleType, _time.GetUtcNow());
    }

    private async Task<IAgent> AgentAsync(CancellationToken stop)
    {
        if (_agent is { } running)
            return running;
        await _starting.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return _agent ??= _target.IsOwn
                ? await HeapAgent.StartAsync(_agentPath, _time, stop).ConfigureAwait(false)
                : await new AgentAttachment(_target, _time).AttachAsync(_agentPath, stop).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }
}
