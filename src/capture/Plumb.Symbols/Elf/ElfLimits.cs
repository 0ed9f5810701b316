namespace Plumb.Symbols.Elf;

/// <summary>
/// Bounds for reading an ELF file. Files are named by profiles, so anything may be in them; whatever a file claims, no more is read
/// than it has bytes.
/// </summary>
public sealed record ElfLimits
{
    public static ElfLimits Default { get; } = new();

    /// <summary>Segments are counted in 16 bits.</summary>
    public int MaxSegments { get; init; } = ushort.MaxValue;

    /// <summary>Object files with a section for each function have tens of thousands.</summary>
    public int MaxSections { get; init; } = 1 << 20;

    /// <summary>Bytes of a note section or segment.</summary>
    public int MaxNoteBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of the section with the names of sections.</summary>
    public int MaxSectionNameBytes { get; init; } = 64 << 20;

    /// <summary>Entries of a symbol table; a large browser has about two million.</summary>
    public int MaxSymbols { get; init; } = 16 << 20;

    /// <summary>Bytes of the names of symbols.</summary>
    public int MaxSymbolNameBytes { get; init; } = 1 << 30;
}
