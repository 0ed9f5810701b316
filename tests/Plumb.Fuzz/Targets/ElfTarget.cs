using Plumb.Symbols.Elf;

namespace Plumb.Fuzz.Targets;

/// <summary>Binaries: their heads, symbols and where they lie in memory.</summary>
internal sealed class ElfTarget : FuzzTarget
{
    public override string Name => "elf";

    public override bool Read(byte[] input)
    {
        using var stream = new MemoryStream(input);
        try
        {
            ElfFile file = ElfFile.Read(stream);
            SymbolTable symbols = SymbolTable.Read(stream, file);
            foreach (ElfSymbol symbol in symbols.Symbols)
                _ = symbols.Name(symbol);

            foreach (ulong address in (ulong[])[0, 0x200, 0x401136, ulong.MaxValue])
                _ = symbols.Covering(address);

            Map(file, 0, ulong.MaxValue, 0);
            Map(file, 0x400000, 0x402000, 0);
            Map(file, 0x7f0000000000, 0x7f0000001000, 0x200);
            return true;
        }
        catch (ElfFormatException)
        {
            return false;
        }
    }

    private static void Map(ElfFile file, ulong start, ulong limit, ulong offset)
    {
        try
        {
            new ElfMapping(file, start, limit, offset).TryTranslate(start + 0x136, out _, out _);
        }
        catch (ElfFormatException)
        {
            // The file was not what was mapped there.
        }
    }
}
