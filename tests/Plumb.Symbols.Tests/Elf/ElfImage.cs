using System.Buffers.Binary;

namespace Plumb.Symbols.Tests.Elf;

/// <summary>Writes a small ELF file: one loaded segment, .text, a build id, and symbols.</summary>
internal sealed class ElfImage(bool is64, bool isLittleEndian)
{
    public static readonly byte[] BuildId = [0xde, 0xad, 0xbe, 0xef, 0x01];

    private readonly List<byte> _bytes = [];

    public byte[] Build()
    {
        int headerSize = is64 ? 64 : 52, segmentSize = is64 ? 56 : 32, sectionSize = is64 ? 64 : 40;
        byte[] sectionNames = [.. "\0.text\0.symtab\0.strtab\0.shstrtab\0.note\0"u8];
        byte[] names = [.. "\0alpha\0beta\0also_beta\0table\0"u8];
        byte[] note = Note();
        byte[] symbols = Symbols();
        ulong at = (ulong)(headerSize + (2 * segmentSize));
        ulong noteAt = at, symbolsAt = noteAt + (ulong)note.Length, namesAt = symbolsAt + (ulong)symbols.Length;
        ulong sectionNamesAt = namesAt + (ulong)names.Length, sectionsAt = (sectionNamesAt + (ulong)sectionNames.Length + 7) & ~7UL;

        _bytes.AddRange([0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)(is64 ? 2 : 1), (byte)(isLittleEndian ? 1 : 2), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Half(2);
        Half(62);
        Word(1);
        Address(0x1000);
        Address((ulong)headerSize);
        Address(sectionsAt);
        Word(0);
        foreach (int value in new[] { headerSize, segmentSize, 2, sectionSize, 6, 4 })
            Half((ushort)value);

        Segment(1, 5, 0, 0x1000, 0x2000);
        Segment(4, 4, noteAt, 0, (ulong)note.Length);
        _bytes.AddRange(note);
        _bytes.AddRange(symbols);
        _bytes.AddRange(names);
        _bytes.AddRange(sectionNames);
        while ((ulong)_bytes.Count < sectionsAt)
            _bytes.Add(0);

        Section(0, 0, 0, 0, 0, 0);
        Section(1, 1, 0x1000, 0x40, 0x20, 0);
        Section(7, 2, 0, symbolsAt, (ulong)symbols.Length, 3);
        Section(15, 3, 0, namesAt, (ulong)names.Length, 0);
        Section(23, 3, 0, sectionNamesAt, (ulong)sectionNames.Length, 0);
        Section(33, 7, 0, noteAt, (ulong)note.Length, 0);
        return _bytes.ToArray();
    }

    private byte[] Note()
    {
        var note = new ElfImage(is64, isLittleEndian);
        note.Word(4);
        note.Word((uint)BuildId.Length);
        note.Word(3);
        note._bytes.AddRange([.. "GNU\0"u8, .. BuildId, 0, 0, 0]);
        return note._bytes.ToArray();
    }

    private byte[] Symbols()
    {
        var table = new ElfImage(is64, isLittleEndian);
        table.Symbol(0, 0, 0, 0, 0);
        table.Symbol(7, 0x1010, 8, 0x12, 1); // beta, a global function
        table.Symbol(12, 0x1010, 8, 0x02, 1); // also_beta, a local one
        table.Symbol(1, 0x1000, 16, 0x12, 1); // alpha
        table.Symbol(22, 0x1100, 16, 0x11, 1); // table, a variable
        table.Symbol(1, 0x9999, 0, 0x12, 0); // not defined here
        return table._bytes.ToArray();
    }

    private void Symbol(uint name, ulong address, ulong size, byte info, ushort section)
    {
        Word(name);
        if (!is64)
        {
            Address(address);
            Address(size);
        }

        _bytes.AddRange([info, 0]);
        Half(section);
        if (is64)
        {
            Address(address);
            Address(size);
        }
    }

    private void Segment(uint type, uint flags, ulong offset, ulong address, ulong size)
    {
        Word(type);
        if (is64)
            Word(flags);

        foreach (ulong value in new[] { offset, address, address, size, size })
            Address(value);

        if (!is64)
            Word(flags);

        Address(type == 1 ? 0x1000UL : 4);
    }

    private void Section(uint name, uint type, ulong address, ulong offset, ulong size, uint link)
    {
        Word(name);
        Word(type);
        Address(0);
        Address(address);
        Address(offset);
        Address(size);
        Word(link);
        Word(0);
        Address(4);
        Address(0);
    }

    private void Half(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        if (isLittleEndian)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);

        _bytes.AddRange(bytes);
    }

    private void Word(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (isLittleEndian)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);

        _bytes.AddRange(bytes);
    }

    private void Address(ulong value)
    {
        if (!is64)
        {
            Word((uint)value);
            return;
        }

        Span<byte> bytes = stackalloc byte[8];
        if (isLittleEndian)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);

        _bytes.AddRange(bytes);
    }
}
