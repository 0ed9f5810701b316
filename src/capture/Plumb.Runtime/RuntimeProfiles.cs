using Plumb.Profiles;
using Plumb.Runtime.Agent;
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
