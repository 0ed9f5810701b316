using System.Runtime.InteropServices;
using Plumb.Agent.Linking;

namespace Plumb.Agent.Interop;

/// <summary>
/// The agent's side of the profiling interface (ICorProfilerCallback11) and its class factory, as v-tables in native memory.
/// Every slot that nothing needs answers S_OK. An exception that left one of these methods would end the process: none of them
/// allocates, and what they call does not throw.
/// </summary>
internal static unsafe class ProfilerCallback
{
    private const int Slots = 128;
    private const int FactorySlots = 5;
    private static readonly Guid UnknownId = new("00000000-0000-0000-c000-000000000046");
    private static readonly Guid FactoryId = new("00000001-0000-0000-c000-000000000046");

    private static nint s_callback;
    private static nint s_factory;

    /// <summary>The one object of each kind: a pointer to a pointer to its v-table. Never freed, the runtime may hold it until it ends.</summary>
    public static nint Factory()
    {
        if (s_factory != 0)
            return s_factory;

        nint* callback = Table(Slots);
        callback[0] = (nint)(delegate* unmanaged<nint, Guid*, nint*, int>)&QueryCallback;
        callback[3] = (nint)(delegate* unmanaged<nint, nint, int>)&Initialize;
        callback[75] = (nint)(delegate* unmanaged<nint, int>)&GarbageCollectionFinished;
        callback[80] = (nint)(delegate* unmanaged<nint, nint, byte*, uint, int>)&InitializeForAttach;
        callback[81] = (nint)(delegate* unmanaged<nint, int>)&AttachComplete;
        callback[82] = (nint)(delegate* unmanaged<nint, int>)&DetachSucceeded;
        callback[95] = (nint)(delegate* unmanaged<nint, nint, uint, uint, uint, byte*, uint, byte*, Guid*, Guid*, nint, uint, nint*, int>)&EventDelivered;
        callback[97] = (nint)(delegate* unmanaged<nint, int*, int>)&LoadAsNotificationOnly;
        s_callback = Instance(callback);

        nint* factory = Table(FactorySlots);
        factory[0] = (nint)(delegate* unmanaged<nint, Guid*, nint*, int>)&QueryFactory;
        factory[3] = (nint)(delegate* unmanaged<nint, nint, Guid*, nint*, int>)&CreateInstance;
        return s_factory = Instance(factory);
    }

    private static nint* Table(int slots)
    {
        var table = (nint*)NativeMemory.AllocZeroed((nuint)slots, (nuint)sizeof(nint));
        for (int i = 0; i < slots; i++)
            table[i] = (nint)(delegate* unmanaged<nint, int>)&Nothing;
        table[1] = table[2] = (nint)(delegate* unmanaged<nint, uint>)&Count;
        return table;
    }

    private static nint Instance(nint* table)
    {
        var instance = (nint*)NativeMemory.Alloc((nuint)sizeof(nint));
        *instance = (nint)table;
        return (nint)instance;
    }

    // The caller cleans the stack in this calling convention, so that one method stands in for every number of arguments.
    [UnmanagedCallersOnly]
    private static int Nothing(nint self) => HResult.Ok;

    [UnmanagedCallersOnly]
    private static uint Count(nint self) => 1;

    // The runtime asks for each version of the callback that it knows, newest first; the table has room for all of them.
    [UnmanagedCallersOnly]
    private static int QueryCallback(nint self, Guid* id, nint* instance)
    {
        *instance = self;
        return HResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int QueryFactory(nint self, Guid* id, nint* instance)
    {
        bool known = *id == UnknownId || *id == FactoryId;
        *instance = known ? self : 0;
        return known ? HResult.Ok : HResult.NoInterface;
    }

    [UnmanagedCallersOnly]
    private static int CreateInstance(nint self, nint outer, Guid* id, nint* instance)
    {
        *instance = outer == 0 ? s_callback : 0;
        return outer == 0 ? HResult.Ok : HResult.NoAggregation;
    }

    [UnmanagedCallersOnly]
    private static int Initialize(nint self, nint unknown) => AgentLife.BeginWithProcess(unknown);

    [UnmanagedCallersOnly]
    private static int InitializeForAttach(nint self, nint unknown, byte* data, uint length) =>
        Link.TryRead(data, length, out Link? link) ? AgentLife.Begin(unknown, link) : HResult.Fail;

    [UnmanagedCallersOnly]
    private static int AttachComplete(nint self) => HResult.Ok;

    [UnmanagedCallersOnly]
    private static int DetachSucceeded(nint self)
    {
        AgentLife.Detached();
        return HResult.Ok;
    }

    [UnmanagedCallersOnly]
    private static int GarbageCollectionFinished(nint self)
    {
        AgentLife.Collected();
        return HResult.Ok;
    }

    // Only the runtime's own allocation events are asked for, so that the provider need not be looked at.
    [UnmanagedCallersOnly]
    private static int EventDelivered(
        nint self, nint provider, uint id, uint version, uint metadataLength, byte* metadata, uint length, byte* data,
        Guid* activity, Guid* related, nint thread, uint stackLength, nint* stack)
    {
        AgentLife.Event(id, data, length);
        return HResult.Ok;
    }

    // Asked before Initialize: another profiler in the process is then no obstacle.
    [UnmanagedCallersOnly]
    private static int LoadAsNotificationOnly(nint self, int* notificationOnly)
    {
        *notificationOnly = 1;
        return HResult.Ok;
    }
}
