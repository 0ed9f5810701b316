namespace Plumb.Symbols.Elf;

/// <summary>What an ELF file is for (<c>e_type</c>). Other values occur and mean nothing here.</summary>
public enum ElfType
{
    None = 0,

    /// <summary>An object file, or a kernel module.</summary>
    Relocatable = 1,

    /// <summary>A program that must be loaded at its own addresses.</summary>
    Executable = 2,

    /// <summary>A library, or a program that may be loaded anywhere.</summary>
    Shared = 3,

    Core = 4,
}
