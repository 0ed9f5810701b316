namespace Plumb.Symbols.Elf;

/// <summary>A named address of a binary.</summary>
/// <param name="Size">Bytes it covers; 0 when the binary does not say.</param>
/// <param name="NameOffset">Where its name is, for <see cref="SymbolTable.Name(ElfSymbol)"/>.</param>
/// <param name="Info">Binding and type, as the file has them.</param>
public readonly record struct ElfSymbol(ulong Address, ulong Size, int NameOffset, byte Info)
{
    private const int Object = 1;
    private const int Function = 2;
    private const int IndirectFunction = 10;

    public bool IsFunction => (Info & 0xf) is Function or IndirectFunction;

    /// <summary>Whether it is a variable, which owns no address behind its end.</summary>
    public bool IsData => (Info & 0xf) == Object;

    public bool IsGlobal => Info >> 4 == 1;
}
