namespace Plumb.Symbols.Elf;

/// <summary>A part of the file that is loaded into memory, or says something about how (program header).</summary>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Address">The address that symbols know it by.</param>
public readonly record struct ElfSegment(uint Type, uint Flags, ulong Offset, ulong Address, ulong FileSize, ulong MemorySize, ulong Alignment)
{
    private const uint Load = 1;
    private const uint Note = 4;
    private const uint Executable = 1;

    public bool IsLoaded => Type == Load;

    public bool IsNote => Type == Note;

    public bool IsExecutable => (Flags & Executable) != 0;
}
