using System.Runtime.InteropServices;
using System.Text;

namespace Plumb.Runtime.Frozen;

/// <summary>An object of a frozen heap. A field that its class does not have, or that cannot be read, is zero.</summary>
internal sealed class FrozenObject
{
    private const int MaxChars = 1024;
    private const int LengthAt = 8;
    private const int CharsAt = 12;

    private readonly IFrozenHeap _heap;
    private readonly FrozenTypes _types;
    private readonly long _address;

    private FrozenObject(IFrozenHeap heap, FrozenTypes types, long address, FrozenType type)
    {
        _heap = heap;
        _types = types;
        _address = address;
        Type = type;
    }

    public FrozenType Type { get; }

    /// <returns>Null where there is none.</returns>
    public static FrozenObject? At(IFrozenHeap heap, FrozenTypes types, long address) =>
        types.Of(address) is { } type ? new FrozenObject(heap, types, address, type) : null;

    public FrozenObject? Object(string field) => At(_heap, _types, Value<long>(field));

    public T Value<T>(string field)
        where T : unmanaged =>
        Type.Offsets.TryGetValue(field, out int offset) ? Read<T>(offset) : default;

    /// <summary>Of a string: what it says, up to a bound.</summary>
    public string Text()
    {
        if (Type.Name != "System.String" || Read<int>(LengthAt) is not (> 0 and var length))
            return "";
        byte[] chars = new byte[Math.Min(length, MaxChars) * sizeof(char)];
        return Encoding.Unicode.GetString(chars.AsSpan(0, _heap.Read(_address + CharsAt, chars)));
    }

    private T Read<T>(int offset)
        where T : unmanaged
    {
        T value = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref value));
        return _heap.Read(_address + offset, bytes) == bytes.Length ? value : default;
    }
}
