using System.Text;

namespace Plumb.Symbols.Elf;

/// <summary>
/// The defined symbols of a binary, by address: what <c>nm -n</c> prints, without a process. A binary without a symbol table still has
/// the dynamic one. Immutable and safe for concurrent readers.
/// </summary>
public sealed class SymbolTable
{
    private readonly ElfSymbol[] _symbols;
    private readonly byte[] _names;

    private SymbolTable(ElfSymbol[] symbols, byte[] names)
    {
        _symbols = symbols;
        _names = names;
        Array.Sort(_symbols, Compare);
    }

    public static SymbolTable Empty { get; } = new([], []);

    /// <summary>By address, then by name.</summary>
    public ReadOnlySpan<ElfSymbol> Symbols => _symbols;

    /// <param name="stream">The file that <paramref name="file"/> was read from.</param>
    /// <exception cref="ElfFormatException">The tables lie outside of the file, or are too large.</exception>
    public static SymbolTable Read(Stream stream, ElfFile file, ElfLimits? limits = null)
    {
        var input = new ElfInput(stream);
        foreach (ElfSection section in file.Sections)
        {
            if (section.IsSymbolTable)
                return Read(input, file, section, limits ?? ElfLimits.Default);
        }

        foreach (ElfSection section in file.Sections)
        {
            if (section.IsDynamicSymbolTable)
                return Read(input, file, section, limits ?? ElfLimits.Default);
        }

        return Empty;
    }

    /// <summary>A symbol's name; at most 64 kB of it.</summary>
    public string Name(ElfSymbol symbol) => Encoding.UTF8.GetString(NameBytes(symbol));

    /// <summary>The symbol with this name, or null.</summary>
    public ElfSymbol? Find(string name)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        foreach (ElfSymbol symbol in _symbols)
        {
            if (NameBytes(symbol).SequenceEqual(wanted))
                return symbol;
        }

        return null;
    }

    /// <summary>
    /// The function at or before an address, or null. A symbol's size is not asked for, because assembly has none; of several at one
    /// address, a global function comes first.
    /// </summary>
    public ElfSymbol? Covering(ulong address)
    {
        int at = LastAtOrBefore(address);
        if (at < 0)
            return null;

        ElfSymbol last = _symbols[^1];
        if (address > last.Address && address - last.Address >= last.Size)
            return null;

        ElfSymbol best = _symbols[at];
        for (int i = at - 1; i >= 0 && _symbols[i].Address == best.Address; i--)
        {
            if (Rank(_symbols[i]) >= Rank(best))
                best = _symbols[i];
        }

        return best.IsData && address - best.Address >= best.Size ? null : best;
    }

    private static int Rank(ElfSymbol symbol) => (symbol.IsFunction ? 4 : 0) + (symbol.IsGlobal ? 2 : 0) + (symbol.Size > 0 ? 1 : 0);

    private int LastAtOrBefore(ulong address)
    {
        int low = 0, high = _symbols.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (_symbols[middle].Address <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    private static SymbolTable Read(ElfInput input, ElfFile file, ElfSection section, ElfLimits limits)
    {
        int size = input.Is64 ? 24 : 16;
        if (section.Size / (ulong)size > (ulong)limits.MaxSymbols)
            throw new ElfFormatException($"the symbol table at 0x{section.Offset:x}: {section.Size / (ulong)size} symbols are more than the {limits.MaxSymbols} that are read");

        if (section.Link >= (uint)file.Sections.Length || file.Sections[(int)section.Link] is not { IsInFile: true } names)
            throw new ElfFormatException($"the symbol table at 0x{section.Offset:x}: expected the section with its names, found {section.Link} of {file.Sections.Length}");

        byte[] bytes = input.Bytes(section.Offset, section.Size, "the symbol table", int.MaxValue);
        byte[] text = input.Bytes(names.Offset, names.Size, "the names of symbols", limits.MaxSymbolNameBytes);
        var symbols = new List<ElfSymbol>(bytes.Length / size);
        for (int i = 0; i + size <= bytes.Length; i += size)
        {
            if (ReadSymbol(input, bytes.AsSpan(i, size), text) is { } symbol)
                symbols.Add(symbol);
        }

        return new SymbolTable([.. symbols], text);
    }

    private static ElfSymbol? ReadSymbol(ElfInput input, ReadOnlySpan<byte> at, byte[] names)
    {
        uint name = input.Word(at);
        byte info = input.Is64 ? at[4] : at[12];
        ushort section = input.Half(input.Is64 ? at[6..] : at[14..]);
        if (name == 0 || name >= (uint)names.Length || names[name] == 0 || !IsNamedAddress(info & 0xf, section))
            return null;

        return input.Is64
            ? new ElfSymbol(input.Long(at[8..]), input.Long(at[16..]), (int)name, info)
            : new ElfSymbol(input.Word(at[4..]), input.Word(at[8..]), (int)name, info);
    }

    // Sections, files and thread-local variables have no address of their own; undefined, absolute and common symbols none in this file.
    private static bool IsNamedAddress(int type, ushort section) => type is 0 or 1 or 2 or 10 && section is not (0 or 0xfff1 or 0xfff2);

    private int Compare(ElfSymbol left, ElfSymbol right)
    {
        int order = left.Address.CompareTo(right.Address);
        return order != 0 ? order : NameBytes(left).SequenceCompareTo(NameBytes(right));
    }

    private ReadOnlySpan<byte> NameBytes(ElfSymbol symbol)
    {
        const int Longest = 64 << 10;
        ReadOnlySpan<byte> rest = _names.AsSpan(symbol.NameOffset);
        rest = rest[..Math.Min(rest.Length, Longest)];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }
}
