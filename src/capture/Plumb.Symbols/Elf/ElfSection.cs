namespace Plumb.Symbols.Elf;

/// <summary>A part of the file that the linker knows by a name (section header).</summary>
/// <param name="Link">Index of a section that belongs to it: the names, for a symbol table.</param>
public readonly record struct ElfSection(string Name, uint Type, ulong Address, ulong Offset, ulong Size, uint Link, ulong Alignment)
{
    private const uint SymbolTable = 2;
    private const uint Note = 7;
    private const uint NoBytes = 8;
    private const uint DynamicSymbolTable = 11;

    public bool IsSymbolTable => Type == SymbolTable;

    public bool IsDynamicSymbolTable => Type == DynamicSymbolTable;

    public bool IsNote => Type == Note;

    /// <summary>Whether it has bytes in the file.</summary>
    public bool IsInFile => Type is not (0 or NoBytes);
}
