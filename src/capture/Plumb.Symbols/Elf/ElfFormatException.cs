namespace Plumb.Symbols.Elf;

/// <summary>A file is not an ELF file, or one that contradicts itself. The message says where, what was expected and what was found.</summary>
public sealed class ElfFormatException(string message) : Exception(message);
