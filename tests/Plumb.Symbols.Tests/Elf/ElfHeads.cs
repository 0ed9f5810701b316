using System.Buffers.Binary;
using Plumb.Symbols.Elf;

namespace Plumb.Symbols.Tests.Elf;

/// <summary>ELF files of headers alone, for what depends on segments.</summary>
internal static class ElfHeads
{
    /// <param name="segments">Offset, address, size in the file, size in memory, and flags (5 for code, 6 for data) of loaded segments.</param>
    /// <param name="textAddress">Where .text is; null for no such section.</param>
    public static ElfFile Of(ElfType type, (ulong Offset, ulong Address, ulong FileSize, ulong MemorySize, uint Flags)[] segments, ulong? textAddress = null)
    {
        int sectionsAt = 64 + (56 * segments.Length);
        byte[] bytes = new byte[sectionsAt + (3 * 64) + 32];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(16), (ushort)type);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), 64);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), (ulong)sectionsAt);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(54), 56);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(56), (ushort)segments.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(58), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(60), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(62), 2);
        for (int i = 0; i < segments.Length; i++)
        {
            Span<byte> at = bytes.AsSpan(64 + (56 * i));
            BinaryPrimitives.WriteUInt32LittleEndian(at, 1);
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], segments[i].Flags);
            BinaryPrimitives.WriteUInt64LittleEndian(at[8..], segments[i].Offset);
            BinaryPrimitives.WriteUInt64LittleEndian(at[16..], segments[i].Address);
            BinaryPrimitives.WriteUInt64LittleEndian(at[32..], segments[i].FileSize);
            BinaryPrimitives.WriteUInt64LittleEndian(at[40..], segments[i].MemorySize);
            BinaryPrimitives.WriteUInt64LittleEndian(at[48..], 0x1000);
        }

        int namesAt = sectionsAt + (3 * 64);
        ".text\0.shstrtab\0"u8.CopyTo(bytes.AsSpan(namesAt + 1));
        Span<byte> text = bytes.AsSpan(sectionsAt + 64), names = bytes.AsSpan(sectionsAt + 128);
        BinaryPrimitives.WriteUInt32LittleEndian(text, textAddress is null ? 7u : 1u);
        BinaryPrimitives.WriteUInt32LittleEndian(text[4..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(text[16..], textAddress ?? 0);
        BinaryPrimitives.WriteUInt32LittleEndian(names, 7);
        BinaryPrimitives.WriteUInt32LittleEndian(names[4..], 3);
        BinaryPrimitives.WriteUInt64LittleEndian(names[24..], (ulong)namesAt);
        BinaryPrimitives.WriteUInt64LittleEndian(names[32..], 24);
        return ElfFile.Read(new MemoryStream(bytes));
    }
}
