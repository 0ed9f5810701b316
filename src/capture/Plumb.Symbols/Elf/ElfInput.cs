using System.Buffers.Binary;

namespace Plumb.Symbols.Elf;

/// <summary>Reads the parts of an ELF file in its own word size and byte order, after a look at how long the file is.</summary>
internal sealed class ElfInput
{
    private readonly Stream _stream;
    private readonly long _length;

    private static ReadOnlySpan<byte> Magic => [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    /// <exception cref="ElfFormatException">The file does not begin as an ELF file does.</exception>
    public ElfInput(Stream stream)
    {
        _stream = stream;
        _length = stream.Length;
        byte[] identity = Bytes(0, 16, "the ELF identification");
        if (!identity.AsSpan(0, 4).SequenceEqual(Magic))
            throw new ElfFormatException($"not an ELF file: expected 7f454c46 at its start, found {Convert.ToHexStringLower(identity.AsSpan(0, 4))}");

        Is64 = identity[4] switch
        {
            1 => false,
            2 => true,
            byte other => throw new ElfFormatException($"offset 0x4: expected class 1 or 2, found {other}"),
        };
        IsLittleEndian = identity[5] switch
        {
            1 => true,
            2 => false,
            byte other => throw new ElfFormatException($"offset 0x5: expected byte order 1 or 2, found {other}"),
        };
    }

    public bool Is64 { get; }

    public bool IsLittleEndian { get; }

    /// <exception cref="ElfFormatException">The file has no such bytes, or they are too many to hold.</exception>
    public byte[] Bytes(ulong offset, ulong size, string what, int limit = 1 << 20)
    {
        if (size > (ulong)limit)
            throw new ElfFormatException($"{what} at 0x{offset:x}: {size} bytes are more than the {limit} that are read");

        if (offset > (ulong)_length || size > (ulong)_length - offset)
            throw new ElfFormatException($"{what} at 0x{offset:x}: expected {size} bytes, but the file ends at 0x{_length:x}");

        var bytes = new byte[size];
        _stream.Position = (long)offset;
        try
        {
            _stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException)
        {
            throw new ElfFormatException($"{what} at 0x{offset:x}: the file became shorter while it was read");
        }

        return bytes;
    }

    public ushort Half(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    public uint Word(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    public ulong Long(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes);

    /// <summary>An address or size, in the file's word size.</summary>
    public ulong Address(ReadOnlySpan<byte> bytes) => Is64 ? Long(bytes) : Word(bytes);
}
