namespace Plumb.Agent.Interop;

/// <summary>
/// The runtime's side of the profiling interface (ICorProfilerInfo13), by v-table slot. Slots and signatures are those of
/// corprof.idl; an interface there only ever grows at its end.
/// </summary>
internal readonly unsafe struct ProfilerInfo(nint self)
{
    public static readonly Guid InterfaceId = new("6e6c7ee2-0701-4ec2-9d29-2e8733b66934");

    private readonly nint _self = self;

    public bool IsNull => _self == 0;

    private nint Slot(int slot) => (*(nint**)_self)[slot];

    public int Release() => ((delegate* unmanaged<nint, int>)Slot(2))(_self);

    public int GetModuleInfo(nint module, int capacity, int* length, char* name)
    {
        nint address, assembly;
        return ((delegate* unmanaged<nint, nint, nint*, int, int*, char*, nint*, int>)Slot(20))(_self, module, &address, capacity, length, name, &assembly);
    }

    /// <summary>On a thread that the runtime does not know.</summary>
    public int ForceCollection() => ((delegate* unmanaged<nint, int>)Slot(28))(_self);

    /// <param name="token">0 when there is no such class.</param>
    public int FindClass(nint module, char* name, int* token)
    {
        const int ForReading = 0;
        Guid id = new("7dac8207-d3ae-4c75-9b67-92801a497d44"); // IMetaDataImport
        nint import = 0;
        int result = ((delegate* unmanaged<nint, nint, int, Guid*, nint*, int>)Slot(21))(_self, module, ForReading, &id, &import);
        if (result < 0 || import == 0)
            return result;
        nint* table = *(nint**)import;
        result = ((delegate* unmanaged<nint, char*, int, int*, int>)table[9])(import, name, 0, token);
        _ = ((delegate* unmanaged<nint, uint>)table[2])(import);
        return result;
    }

    public int GetClassFromToken(nint module, int token, nint* type) =>
        ((delegate* unmanaged<nint, nint, int, uint, nint*, nint*, int>)Slot(43))(_self, module, token, 0, null, type);

    /// <summary>The runtime's modules; as many as there is room for.</summary>
    public int Modules(nint* modules, int capacity)
    {
        nint list = 0;
        return ((delegate* unmanaged<nint, nint*, int>)Slot(66))(_self, &list) < 0 ? 0 : TakeAll(list, modules, capacity);
    }

    /// <param name="visit">Called for each managed frame, leaf first.</param>
    public int DoStackSnapshot(delegate* unmanaged<nint, nint, nint, uint, byte*, void*, int> visit, void* state) =>
        ((delegate* unmanaged<nint, nint, delegate* unmanaged<nint, nint, nint, uint, byte*, void*, int>, uint, void*, byte*, uint, int>)Slot(36))(
            _self, 0, visit, 0, state, null, 0);

    public int GetFunctionInfo(nint function, nint* module, int* token)
    {
        nint type;
        uint arguments;
        return ((delegate* unmanaged<nint, nint, nint, nint*, nint*, int*, uint, uint*, nint*, int>)Slot(38))(_self, function, 0, &type, module, token, 0, &arguments, null);
    }

    public int RequestDetach(uint expectedMilliseconds) => ((delegate* unmanaged<nint, uint, int>)Slot(58))(_self, expectedMilliseconds);

    public int GetRuntimeMajor(ushort* major)
    {
        ushort instance, minor, build, fix;
        int kind;
        uint length;
        return ((delegate* unmanaged<nint, ushort*, int*, ushort*, ushort*, ushort*, ushort*, uint, uint*, char*, int>)Slot(67))(
            _self, &instance, &kind, major, &minor, &build, &fix, 0, &length, null);
    }

    public int SetEventMask(uint low, uint high) => ((delegate* unmanaged<nint, uint, uint, int>)Slot(82))(_self, low, high);

    public int GetFunctionFromIp(nint address, nint* function, nint* version) =>
        ((delegate* unmanaged<nint, nint, nint*, nint*, int>)Slot(88))(_self, address, function, version);

    public int GetNativeCodeStarts(nint function, nint version, uint capacity, uint* count, nint* starts) =>
        ((delegate* unmanaged<nint, nint, nint, uint, uint*, nint*, int>)Slot(90))(_self, function, version, capacity, count, starts);

    public int GetIlMap(nint codeStart, uint capacity, uint* count, IlMapRow* rows) =>
        ((delegate* unmanaged<nint, nint, uint, uint*, IlMapRow*, int>)Slot(91))(_self, codeStart, capacity, count, rows);

    public int GetCodeBlocks(nint codeStart, uint capacity, uint* count, CodeBlock* blocks) =>
        ((delegate* unmanaged<nint, nint, uint, uint*, CodeBlock*, int>)Slot(92))(_self, codeStart, capacity, count, blocks);

    public int StartEvents(EventProvider* provider, ulong* session) =>
        ((delegate* unmanaged<nint, uint, EventProvider*, int, ulong*, int>)Slot(101))(_self, 1, provider, 0, session);

    public int StopEvents(ulong session) => ((delegate* unmanaged<nint, ulong, int>)Slot(103))(_self, session);

    public int CreateWeakHandle(nint instance, nint* handle)
    {
        const int Weak = 1;
        return ((delegate* unmanaged<nint, nint, int, nint*, int>)Slot(108))(_self, instance, Weak, handle);
    }

    public int DestroyHandle(nint handle) => ((delegate* unmanaged<nint, nint, int>)Slot(109))(_self, handle);

    public int GetObject(nint handle, nint* instance) => ((delegate* unmanaged<nint, nint, nint*, int>)Slot(110))(_self, handle, instance);

    /// <param name="fields">Pairs of a field's token and its offset, of the class itself without those that it derives from.</param>
    /// <remarks>In the frozen copy alone, where <paramref name="type"/> may be anything.</remarks>
    public int GetClassLayout(nint type, int capacity, FieldRow* fields, int* count)
    {
        int size;
        return Guard.Ask((nint)Slot(40), _self, type, (nint)fields, capacity, (nint)count, (nint)(&size));
    }

    /// <remarks>In the frozen copy alone, where <paramref name="type"/> may be anything.</remarks>
    public int GetClassInfo(nint type, nint* module, int* token, nint* parent, int capacity, int* count, nint* arguments) =>
        Guard.Ask((nint)Slot(41), _self, type, (nint)module, (nint)token, (nint)parent, capacity, (nint)count, (nint)arguments);

    /// <returns>Other than 0 for what is no array.</returns>
    /// <remarks>In the frozen copy alone, where <paramref name="type"/> may be anything.</remarks>
    public int GetArrayClass(nint type, nint* element, uint* rank)
    {
        int kind;
        return Guard.Ask((nint)Slot(11), _self, type, (nint)(&kind), (nint)element, (nint)rank);
    }

    public int GetThreadInfo(nint thread, int* systemId) => ((delegate* unmanaged<nint, nint, int*, int>)Slot(12))(_self, thread, systemId);

    public int GetObjectSize(nint instance, nuint* size) => ((delegate* unmanaged<nint, nint, nuint*, int>)Slot(80))(_self, instance, size);

    /// <summary>The numbers of the runtime's threads; as many as there is room for.</summary>
    public int Threads(nint* threads, int capacity)
    {
        nint list = 0;
        return ((delegate* unmanaged<nint, nint*, int>)Slot(71))(_self, &list) < 0 ? 0 : TakeAll(list, threads, capacity);
    }

    private static int TakeAll(nint list, nint* items, int capacity)
    {
        if (list == 0)
            return 0;
        int count = 0;
        nint* table = *(nint**)list;
        _ = ((delegate* unmanaged<nint, int, nint*, int*, int>)table[7])(list, capacity, items, &count);
        _ = ((delegate* unmanaged<nint, uint>)table[2])(list);
        return count;
    }

    /// <param name="thread">One of the runtime's, not the calling one; the runtime must stand still.</param>
    public int DoStackSnapshot(nint thread, delegate* unmanaged<nint, nint, nint, uint, byte*, void*, int> visit, void* state) =>
        ((delegate* unmanaged<nint, nint, delegate* unmanaged<nint, nint, nint, uint, byte*, void*, int>, uint, void*, byte*, uint, int>)Slot(36))(
            _self, thread, visit, 0, state, null, 0);

    public int SuspendRuntime() => ((delegate* unmanaged<nint, int>)Slot(97))(_self);

    public int ResumeRuntime() => ((delegate* unmanaged<nint, int>)Slot(98))(_self);

    /// <summary>Every object of the heap, dead ones that are not collected included. From .NET 9 on.</summary>
    public int EnumerateObjects(delegate* unmanaged<nint, void*, int> visit, void* state) =>
        ((delegate* unmanaged<nint, delegate* unmanaged<nint, void*, int>, void*, int>)Slot(114))(_self, visit, state);
}
