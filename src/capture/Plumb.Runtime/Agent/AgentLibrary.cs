using System.Runtime.InteropServices;
using Plumb.Agent.Contract;

namespace Plumb.Runtime.Agent;

/// <summary>
/// The agent's file, loaded into this process. Loading it does nothing by itself; the runtime loads the same file when it attaches
/// it, and then both see the same agent. So do all who load it.
/// </summary>
internal sealed unsafe class AgentLibrary
{
    private readonly delegate* unmanaged<int> _state;
    private readonly delegate* unmanaged<byte*, nint, nint> _heap;
    private readonly delegate* unmanaged<int*, int*, int> _freeze;
    private readonly delegate* unmanaged<int, int> _cpu;
    private readonly delegate* unmanaged<byte*, nint, nint> _cpuRead;
    private readonly delegate* unmanaged<int> _join;
    private readonly delegate* unmanaged<int> _stop;

    private AgentLibrary(nint handle)
    {
        _state = (delegate* unmanaged<int>)NativeLibrary.GetExport(handle, AgentContract.StateExport);
        _heap = (delegate* unmanaged<byte*, nint, nint>)NativeLibrary.GetExport(handle, AgentContract.HeapExport);
        _freeze = (delegate* unmanaged<int*, int*, int>)NativeLibrary.GetExport(handle, AgentContract.FreezeExport);
        _cpu = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(handle, AgentContract.CpuExport);
        _cpuRead = (delegate* unmanaged<byte*, nint, nint>)NativeLibrary.GetExport(handle, AgentContract.CpuReadExport);
        _join = (delegate* unmanaged<int>)NativeLibrary.GetExport(handle, AgentContract.JoinExport);
        _stop = (delegate* unmanaged<int>)NativeLibrary.GetExport(handle, AgentContract.StopExport);
    }

    public AgentState State => (AgentState)_state();

    /// <exception cref="ProfileUnavailableException">No such file, not loadable here, or of another build.</exception>
    public static AgentLibrary Load(string path)
    {
        if (!File.Exists(path))
            throw new ProfileUnavailableException($"the native agent {AgentContract.FileName} is not at {path}");

        try
        {
            nint handle = NativeLibrary.Load(path);
            int version = ((delegate* unmanaged<int>)NativeLibrary.GetExport(handle, AgentContract.VersionExport))();
            return version == AgentContract.Version
                ? new AgentLibrary(handle)
                : throw new ProfileUnavailableException($"the native agent at {path} speaks version {version}, this library version {AgentContract.Version}: deploy both from one build");
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new ProfileUnavailableException($"the native agent at {path} cannot be loaded: {e.Message}", e);
        }
    }

    /// <returns>A snapshot as the contract lays it out; empty when no samples come in.</returns>
    public byte[] ReadHeap() => Read(_heap);

    /// <returns>As <see cref="ReadHeap"/>; empty when no CPU profile is under way.</returns>
    public byte[] ReadCpu() => Read(_cpuRead);

    /// <param name="order">As <see cref="AgentContract.CpuExport"/> says.</param>
    public CpuFault Cpu(int order) => (CpuFault)_cpu(order);

    private static byte[] Read(delegate* unmanaged<byte*, nint, nint> read)
    {
        byte[] buffer = [];
        while (true)
        {
            nint size;
            fixed (byte* start = buffer)
                size = read(start, buffer.Length);
            if (size == 0)
                return [];
            if (size <= buffer.Length)
                return buffer[..(int)size];
            // It grows while it is read: a little more than was asked for.
            buffer = GC.AllocateUninitializedArray<byte>(checked((int)(size + (size / 8))));
        }
    }

    public FreezeFault Freeze(out int process, out int socket)
    {
        int copy = -1;
        int end = -1;
        var fault = (FreezeFault)_freeze(&copy, &end);
        (process, socket) = (copy, end);
        return fault;
    }

    /// <summary>Takes part in the sampling that is under way: it goes on until everybody who does has left.</summary>
    /// <returns>False when there is none.</returns>
    public bool Join() => _join() == 0;

    /// <summary>Of those who joined, and of the one who had the runtime attach the agent. With the last one sampling ends.</summary>
    public void Leave() => _ = _stop();
}
