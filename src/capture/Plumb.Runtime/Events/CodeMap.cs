using System.Runtime.InteropServices;
using Plumb.Runtime.NetTrace;

namespace Plumb.Runtime.Events;

/// <summary>
/// What the code at an address is, from the list of all methods that the runtime writes when a session ends. Of a method that was
/// compiled several times the list has every version.
/// </summary>
/// <param name="stacks">Lines are kept only for methods on these stacks.</param>
internal sealed class CodeMap(StackIndex stacks)
{
    private const int MaxMethods = 2_000_000;
    private const int MaxModules = 65_536;
    private const int DynamicMethodToken = 0x0600_0000;

    private readonly List<MethodRange> _methods = [];
    private readonly Dictionary<ulong, string> _modules = [];
    private ulong[]? _wanted;
    private (ulong Method, int[] Map) _lastMap = (0, []);
    private bool _isSorted;

    public int Methods => _methods.Count;

    public void Add(in TraceEvent traced)
    {
        var payload = new BlockReader(traced.Payload, 0);
        switch (traced.Kind.Id)
        {
            case RuntimeEvents.RundownIlMap:
                ReadIlMap(ref payload);
                break;
            case RuntimeEvents.RundownMethod:
                ReadMethod(ref payload);
                break;
            case RuntimeEvents.RundownModule:
                ReadModule(ref payload);
                break;
        }
    }

    public bool TryFind(ulong address, out MethodRange method)
    {
        if (!_isSorted)
            _methods.Sort((a, b) => a.Start.CompareTo(b.Start));
        _isSorted = true;

        int low = 0;
        int high = _methods.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_methods[middle].Start <= address)
                low = middle + 1;
            else
                high = middle;
        }

        method = low > 0 ? _methods[low - 1] : default;
        return low > 0 && address - method.Start < method.Size;
    }

    /// <summary>Path of a module's file; empty for code that has none.</summary>
    public string Module(ulong module) => _modules.GetValueOrDefault(module, "");

    // The map of a method comes just before the method itself.
    private void ReadIlMap(ref BlockReader payload)
    {
        ulong method = payload.UInt64();
        _ = payload.UInt64();
        _ = payload.Byte();
        int count = payload.UInt16();
        ReadOnlySpan<int> il = MemoryMarshal.Cast<byte, int>(payload.Take(count * sizeof(int), "IL offsets"));
        ReadOnlySpan<int> native = MemoryMarshal.Cast<byte, int>(payload.Take(count * sizeof(int), "native offsets"));
        var map = new int[2 * count];
        for (int i = 0; i < count; i++)
            (map[2 * i], map[(2 * i) + 1]) = (il[i], native[i]);
        _lastMap = (method, map);
    }

    private void ReadMethod(ref BlockReader payload)
    {
        if (_methods.Count >= MaxMethods)
            return;
        ulong id = payload.UInt64();
        ulong module = payload.UInt64();
        ulong start = payload.UInt64();
        uint size = (uint)payload.Int32();
        int token = payload.Int32();
        _ = payload.Int32();
        string name = "";
        if (token == DynamicMethodToken)
        {
            _ = payload.Text();
            name = payload.Text();
        }

        bool isWanted = IsWanted(start, size);
        _methods.Add(new MethodRange(start, size, module, token, name, isWanted && _lastMap.Method == id ? _lastMap.Map : null));
        _isSorted = false;
    }

    private bool IsWanted(ulong start, uint size)
    {
        _wanted ??= stacks.Addresses();
        int at = Array.BinarySearch(_wanted, start);
        at = at < 0 ? ~at : at;
        // A call at the very end of a method returns to just behind it.
        return at < _wanted.Length && _wanted[at] - start <= size;
    }

    private void ReadModule(ref BlockReader payload)
    {
        const int Flags = 8;
        ulong module = payload.UInt64();
        _ = payload.UInt64();
        _ = payload.Take(Flags, "flags");
        if (_modules.Count < MaxModules)
            _modules[module] = payload.Text();
    }
}
