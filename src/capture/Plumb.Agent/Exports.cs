using System.Runtime.InteropServices;
using Plumb.Agent.Contract;
using Plumb.Agent.Interop;

namespace Plumb.Agent;

/// <summary>What the library shows to the outside.</summary>
internal static unsafe class Exports
{
    [UnmanagedCallersOnly(EntryPoint = "DllGetClassObject")]
    private static int GetClassObject(Guid* classId, Guid* interfaceId, nint* instance)
    {
        bool ours = *classId == AgentContract.ClassId;
        *instance = ours ? ProfilerCallback.Factory() : 0;
        return ours ? HResult.Ok : HResult.NoInterface;
    }

    [UnmanagedCallersOnly(EntryPoint = AgentContract.VersionExport)]
    private static int Version() => AgentContract.Version;

    [UnmanagedCallersOnly(EntryPoint = AgentContract.StateExport)]
    private static int State() => (int)AgentLife.State;

    [UnmanagedCallersOnly(EntryPoint = AgentContract.HeapExport)]
    private static nint Heap(byte* buffer, nint capacity) => AgentLife.WriteHeap(buffer, capacity);

    [UnmanagedCallersOnly(EntryPoint = AgentContract.FreezeExport)]
    private static int Freeze(int* process, int* socket) => (int)AgentLife.Freeze(out *process, out *socket);

    [UnmanagedCallersOnly(EntryPoint = AgentContract.CpuExport)]
    private static int Cpu(int order) => (int)AgentLife.Cpu(order);

    [UnmanagedCallersOnly(EntryPoint = AgentContract.CpuReadExport)]
    private static nint CpuRead(byte* buffer, nint capacity) => AgentLife.WriteCpu(buffer, capacity);

    [UnmanagedCallersOnly(EntryPoint = AgentContract.JoinExport)]
    private static int Join() => AgentLife.Join() ? HResult.Ok : HResult.Fail;

    [UnmanagedCallersOnly(EntryPoint = AgentContract.StopExport)]
    private static int Stop() => AgentLife.Leave() ? HResult.Ok : HResult.Fail;
}
