using Plumb.Symbols.Elf;

namespace Plumb.Symbols.Tests.Elf;

public sealed class ElfFileTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Files_of_either_word_size_and_byte_order_read_the_same(bool is64, bool isLittleEndian)
    {
        using var stream = new MemoryStream(new ElfImage(is64, isLittleEndian).Build());
        ElfFile file = ElfFile.Read(stream);

        Assert.Equal((is64, isLittleEndian), (file.Is64, file.IsLittleEndian));
        Assert.Equal(ElfType.Executable, file.Type);
        Assert.Equal(62, file.Machine);
        Assert.Equal("deadbeef01", file.BuildId);
        Assert.Equal(["", ".text", ".symtab", ".strtab", ".shstrtab", ".note"], file.Sections.Select(section => section.Name));
        Assert.Equal(0x1000UL, file.TextSegment!.Value.Address);

        SymbolTable symbols = SymbolTable.Read(stream, file);
        Assert.Equal(["alpha", "also_beta", "beta", "table"], symbols.Symbols.ToArray().Select(symbols.Name));
        Assert.Equal("alpha", Name(symbols, 0x100f));
        Assert.Equal("beta", Name(symbols, 0x1010));
    }

    [Fact]
    public void An_address_behind_a_variable_or_before_the_first_symbol_has_no_name()
    {
        using var stream = new MemoryStream(new ElfImage(true, true).Build());
        SymbolTable symbols = SymbolTable.Read(stream, ElfFile.Read(stream));

        Assert.Equal("table", Name(symbols, 0x110f));
        Assert.Null(symbols.Covering(0x1110));
        Assert.Null(symbols.Covering(0xfff));
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused_or_read_and_never_worse()
    {
        byte[] whole = new ElfImage(true, true).Build();
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
            refused += IsRefused(whole[..length]) ? 1 : 0;

        // The section headers are at the end, so all cuts are noticed.
        Assert.Equal(whole.Length, refused);
    }

    [Fact]
    public void Changed_bytes_give_a_clear_error_or_a_file_and_little_memory()
    {
        var random = new Random(20261121);
        byte[][] originals = [new ElfImage(true, true).Build(), new ElfImage(false, false).Build()];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 4000; round++)
        {
            byte[] bytes = [.. originals[round % originals.Length]];
            for (int change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            IsRefused(bytes);
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 256L << 20);
    }

    [Fact]
    public void A_claim_of_sections_that_the_file_cannot_hold_names_place_and_length()
    {
        byte[] bytes = new ElfImage(true, true).Build();
        bytes[60] = 0xff;
        bytes[61] = 0xfe;

        var error = Assert.Throws<ElfFormatException>(() => ElfFile.Read(new MemoryStream(bytes)));
        Assert.Contains("the section headers at 0x", error.Message, StringComparison.Ordinal);
        Assert.Contains($"the file ends at 0x{bytes.Length:x}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_is_refused_by_its_first_bytes()
    {
        var error = Assert.Throws<ElfFormatException>(() => ElfFile.Read(new MemoryStream([.. "#!/bin/sh\nexit 0\n"u8])));

        Assert.Equal("not an ELF file: expected 7f454c46 at its start, found 23212f62", error.Message);
    }

    private static string? Name(SymbolTable symbols, ulong address) => symbols.Covering(address) is { } symbol ? symbols.Name(symbol) : null;

    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            ElfFile file = ElfFile.Read(stream);
            SymbolTable symbols = SymbolTable.Read(stream, file);
            foreach (ElfSymbol symbol in symbols.Symbols)
                symbols.Name(symbol);

            return false;
        }
        catch (ElfFormatException)
        {
            return true;
        }
    }
}
