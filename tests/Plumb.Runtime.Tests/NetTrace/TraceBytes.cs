using System.Buffers.Binary;
using System.Text;

namespace Plumb.Runtime.Tests.NetTrace;

/// <summary>Writes traces as the runtime does, as far as a reader looks at them.</summary>
internal sealed class TraceBytes
{
    private readonly List<byte> _bytes = [];

    public TraceBytes(int pointerSize = 8)
    {
        Write("Nettrace"u8).Int(20).Write("!FastSerialization.1"u8);
        Object("Trace", version: 4, [.. new byte[32], .. Int32(pointerSize), .. new byte[12]], isBlock: false);
    }

    public static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Text(string text) => [.. Encoding.Unicode.GetBytes(text), 0, 0];

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    public TraceBytes Kind(int number, string provider, int id) =>
        Events("MetadataBlock", [.. Int32(number), .. Text(provider), .. Int32(id), .. Text(""), .. new byte[8], .. Int32(2), .. new byte[8]]);

    public TraceBytes Stacks(int first, params ulong[][] stacks)
    {
        List<byte> bytes = [.. Int32(first), .. Int32(stacks.Length)];
        foreach (ulong[] stack in stacks)
        {
            bytes.AddRange(Int32(stack.Length * 8));
            foreach (ulong address in stack)
                bytes.AddRange(BitConverter.GetBytes(address));
        }

        return Object("StackBlock", 2, [.. bytes], isBlock: true);
    }

    /// <summary>A compressed event with everything that one can carry.</summary>
    public static byte[] Event(int kind, ulong thread, int stack, ulong time, byte[] payload) =>
        [0xFF, .. Varint((ulong)kind), 1, 2, 3, .. Varint(thread), .. Varint((ulong)stack), .. Varint(time), .. new byte[32], .. Varint((ulong)payload.Length), .. payload];

    /// <summary>One that is as the one before but for its time.</summary>
    public static byte[] Again(ulong time, byte[] payload) => [0x00, .. Varint(time), .. payload];

    public TraceBytes Block(params byte[][] events) => Object("EventBlock", 2, [20, 0, 1, 0, .. new byte[16], .. events.SelectMany(e => e)], isBlock: true);

    public TraceBytes SequencePoint() => Object("SPBlock", 2, new byte[12], isBlock: true);

    public TraceBytes Object(string name, int version, byte[] body, bool isBlock)
    {
        Write([5, 5, 1]).Int(version).Int(version).Int(name.Length).Write(Encoding.ASCII.GetBytes(name)).Write([6]);
        if (isBlock)
        {
            Int(body.Length);
            while (_bytes.Count % 4 != 0)
                _bytes.Add(0);
        }

        return Write(body).Write([6]);
    }

    public byte[] End() => [.. _bytes, 1];

    private TraceBytes Events(string name, byte[] payload) => Object(name, 2, [20, 0, 1, 0, .. new byte[16], .. Event(0, 0, 0, 0, payload)], isBlock: true);

    private TraceBytes Int(int value) => Write(Int32(value));

    private TraceBytes Write(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }
}
