using System.Collections.Immutable;
using System.Text;

namespace Plumb.Symbols.Elf;

/// <summary>
/// What is at the head of an ELF file: what it is, its segments and sections, and its build id. 32 and 64 bits, either byte order.
/// Symbols are read by <see cref="SymbolTable"/>. Immutable; holds no file open.
/// </summary>
/// <remarks>Layout: System V ABI, chapters 4 and 5; build id: the note GNU, type 3.</remarks>
public sealed class ElfFile
{
    private const ushort ManySegments = 0xffff;

    private ElfFile(ElfInput input, ElfLimits limits)
    {
        Is64 = input.Is64;
        IsLittleEndian = input.IsLittleEndian;
        int wordSize = Is64 ? 8 : 4;
        byte[] header = input.Bytes(0, Is64 ? 64UL : 52, "the ELF header");
        Type = (ElfType)input.Half(header.AsSpan(16));
        Machine = input.Half(header.AsSpan(18));
        ulong segmentOffset = input.Address(header.AsSpan(24 + wordSize));
        ulong sectionOffset = input.Address(header.AsSpan(24 + (2 * wordSize)));
        Span<byte> counts = header.AsSpan(24 + (3 * wordSize) + 6);
        var layout = new Counts(input.Half(counts), input.Half(counts[2..]), input.Half(counts[4..]), input.Half(counts[6..]), input.Half(counts[8..]));
        Segments = ReadSegments(input, segmentOffset, layout, limits);
        Sections = ReadSections(input, sectionOffset, layout, limits);
        BuildId = ReadBuildId(input, limits);
        DebugLink = ElfDebugLink.Read(input, Sections);
    }

    public bool Is64 { get; }

    public bool IsLittleEndian { get; }

    public ElfType Type { get; }

    /// <summary>The processor (<c>e_machine</c>): 62 is x86-64, 183 is AArch64.</summary>
    public int Machine { get; }

    public ImmutableArray<ElfSegment> Segments { get; }

    public ImmutableArray<ElfSection> Sections { get; }

    /// <summary>Lower-case hexadecimal; empty when the file has none.</summary>
    public string BuildId { get; }

    /// <summary>Where its symbols are, should they have been taken out; null when it does not say.</summary>
    public ElfDebugLink? DebugLink { get; }

    /// <summary>Whether its symbols are in it: a program that was stripped has only those by which others find it.</summary>
    public bool HasSymbols => Sections.Any(section => section.IsSymbolTable);

    /// <summary>The loaded segment that the section <c>.text</c> is in; null when there is none.</summary>
    public ElfSegment? TextSegment
    {
        get
        {
            foreach (ElfSection section in Sections)
            {
                if (section.Name == ".text" && SegmentOf(section) is { } segment)
                    return segment;
            }

            return null;
        }
    }

    /// <param name="stream">The file; must be able to seek. It is not needed any longer afterwards.</param>
    /// <exception cref="ElfFormatException">It is no ELF file, or a broken one.</exception>
    public static ElfFile Read(Stream stream, ElfLimits? limits = null) => new(new ElfInput(stream), limits ?? ElfLimits.Default);

    private ElfSegment? SegmentOf(ElfSection section)
    {
        foreach (ElfSegment segment in Segments)
        {
            if (segment.IsLoaded && segment.IsExecutable && section.Address >= segment.Address && section.Address - segment.Address < segment.MemorySize)
                return segment;
        }

        return null;
    }

    private static ImmutableArray<ElfSegment> ReadSegments(ElfInput input, ulong offset, Counts layout, ElfLimits limits)
    {
        if (offset == 0 || layout.Segments == 0)
            return [];

        int size = input.Is64 ? 56 : 32;
        if (layout.SegmentSize < size)
            throw new ElfFormatException($"the ELF header: expected program headers of {size} bytes, found {layout.SegmentSize}");

        // More than 65,534 are counted elsewhere, and no program has them.
        if (layout.Segments == ManySegments || layout.Segments > limits.MaxSegments)
            throw new ElfFormatException($"the ELF header: {layout.Segments} program headers are more than are read");

        byte[] bytes = input.Bytes(offset, (ulong)layout.Segments * layout.SegmentSize, "the program headers", int.MaxValue);
        ImmutableArray<ElfSegment>.Builder segments = ImmutableArray.CreateBuilder<ElfSegment>(layout.Segments);
        for (int i = 0; i < layout.Segments; i++)
            segments.Add(ReadSegment(input, bytes.AsSpan(i * layout.SegmentSize)));

        return segments.MoveToImmutable();
    }

    private static ElfSegment ReadSegment(ElfInput input, ReadOnlySpan<byte> at) => input.Is64
        ? new ElfSegment(
            input.Word(at), input.Word(at[4..]), input.Long(at[8..]), input.Long(at[16..]), input.Long(at[32..]), input.Long(at[40..]), input.Long(at[48..]))
        : new ElfSegment(
            input.Word(at), input.Word(at[24..]), input.Word(at[4..]), input.Word(at[8..]), input.Word(at[16..]), input.Word(at[20..]), input.Word(at[28..]));

    private static ImmutableArray<ElfSection> ReadSections(ElfInput input, ulong offset, Counts layout, ElfLimits limits)
    {
        if (offset == 0)
            return [];

        int size = input.Is64 ? 64 : 40;
        if (layout.SectionSize < size)
            throw new ElfFormatException($"the ELF header: expected section headers of {size} bytes, found {layout.SectionSize}");

        // Where 16 bits are not enough, the first section header, which means nothing else, has the numbers.
        (ElfSection first, _) = ReadSection(input, input.Bytes(offset, layout.SectionSize, "the first section header"));
        ulong count = layout.Sections == 0 ? first.Size : layout.Sections;
        uint nameIndex = layout.NameSection == 0xffff ? first.Link : layout.NameSection;
        if (count > (ulong)limits.MaxSections)
            throw new ElfFormatException($"the ELF header: {count} section headers are more than the {limits.MaxSections} that are read");

        byte[] bytes = input.Bytes(offset, count * layout.SectionSize, "the section headers", int.MaxValue);
        var sections = new (ElfSection Section, uint Name)[count];
        for (int i = 0; i < sections.Length; i++)
            sections[i] = ReadSection(input, bytes.AsSpan(i * layout.SectionSize));

        byte[] names = nameIndex < (uint)sections.Length && sections[nameIndex].Section is { IsInFile: true } holder
            ? input.Bytes(holder.Offset, holder.Size, "the names of sections", limits.MaxSectionNameBytes)
            : [];
        return [.. sections.Select(row => row.Section with { Name = Text(names, row.Name) })];
    }

    private static (ElfSection Section, uint Name) ReadSection(ElfInput input, ReadOnlySpan<byte> at) => input.Is64
        ? (new ElfSection("", input.Word(at[4..]), input.Long(at[16..]), input.Long(at[24..]), input.Long(at[32..]), input.Word(at[40..]), input.Long(at[48..])), input.Word(at))
        : (new ElfSection("", input.Word(at[4..]), input.Word(at[12..]), input.Word(at[16..]), input.Word(at[20..]), input.Word(at[24..]), input.Word(at[32..])), input.Word(at));

    // No section's name is long, and a million of them could all point at one of a megabyte.
    private static string Text(ReadOnlySpan<byte> names, uint offset)
    {
        const int Longest = 256;
        if (offset >= (uint)names.Length)
            return "";

        ReadOnlySpan<byte> rest = names[(int)offset..];
        rest = rest[..Math.Min(rest.Length, Longest)];
        int end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    private string ReadBuildId(ElfInput input, ElfLimits limits)
    {
        foreach (ElfSegment segment in Segments)
        {
            if (segment.IsNote && ElfNotes.BuildId(input, segment.Offset, segment.FileSize, segment.Alignment, limits) is { } id)
                return id;
        }

        foreach (ElfSection section in Sections)
        {
            if (section.IsNote && ElfNotes.BuildId(input, section.Offset, section.Size, section.Alignment, limits) is { } id)
                return id;
        }

        return "";
    }

    private readonly record struct Counts(ushort SegmentSize, ushort Segments, ushort SectionSize, ushort Sections, ushort NameSection);
}
