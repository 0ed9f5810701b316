using Plumb.Symbols.Elf;

namespace Plumb.Symbols.Tests.Elf;

public sealed class ElfMappingTests
{
    private const uint Code = 5;
    private const uint Data = 6;

    // A program as today's linkers lay it out: headers, code, constants, data.
    private static readonly (ulong, ulong, ulong, ulong, uint)[] Layout =
    [
        (0x0, 0x0, 0x5e0, 0x5e0, 4), (0x1000, 0x1000, 0x1d1, 0x1d1, Code), (0x2000, 0x2000, 0x100, 0x100, 4), (0x2df0, 0x3df0, 0x238, 0x240, Data),
    ];

    [Theory]
    [InlineData(0x400000, 0x401000, 0x0, 0x4004ff, 0x4004ff)] // where it was linked to run
    [InlineData(0x10400000, 0x10401000, 0x0, 0x104004ff, 0x4004ff)] // moved all the same
    [InlineData(0x0, 0x0, 0x0, 0x4004ff, 0x4004ff)] // a made-up mapping of everything
    [InlineData(0x0, ulong.MaxValue, 0x0, 0x4004ff, 0x4004ff)]
    public void A_program_with_fixed_addresses(ulong start, ulong limit, ulong offset, ulong address, ulong expected) =>
        Assert.Equal(expected, Translate(ElfHeads.Of(ElfType.Executable, [(0, 0x400000, 0x6fc, 0x6fc, Code)], 0x400500), start, limit, offset, address));

    [Theory]
    [InlineData(0x555555555000, 0x555555556000, 0x1000, 0x555555555139, 0x1139)] // code
    [InlineData(0x555555557000, 0x555555559000, 0x2000, 0x555555558010, 0x4010)] // data, at another distance than code
    [InlineData(0x7f0000000000, 0x7f0000003000, 0x0, 0x7f0000001139, 0x1139)] // the whole file in one mapping
    public void A_program_that_is_loaded_anywhere(ulong start, ulong limit, ulong offset, ulong address, ulong expected) =>
        Assert.Equal(expected, Translate(ElfHeads.Of(ElfType.Shared, Layout, 0x1040), start, limit, offset, address));

    [Fact]
    public void Variables_are_told_from_code()
    {
        var mapping = new ElfMapping(ElfHeads.Of(ElfType.Shared, Layout, 0x1040), 0x555555557000, 0x555555559000, 0x2000);

        Assert.True(mapping.TryTranslate(0x555555558010, out _, out bool isData));
        Assert.True(isData);
    }

    [Fact]
    public void A_library_whose_code_is_not_linked_where_it_is_in_the_file()
    {
        ElfFile file = ElfHeads.Of(ElfType.Shared, [(0, 0x0, 0x900, 0x900, 4), (0x900, 0x1900, 0x700, 0x700, Code)], 0x1900);

        Assert.Equal(0x1a00UL, Translate(file, 0x7f0000001000, 0x7f0000002000, 0x0, 0x7f0000001a00));
    }

    [Theory]
    [InlineData(0xffffffff83200000, 0xffffffff84200000, 0x0, null, 0xffffffff83200100, 0xffffffff80200100)] // loaded at random
    [InlineData(0xffffffff83200198, 0xffffffff84200000, 0x0, 0xffffffff80200198, 0xffffffff83200298, 0xffffffff80200298)] // perf starts at the symbol
    [InlineData(0x198, 0x2f9fffff, 0x0, 0xffffffff80200198, 0x298, 0xffffffff80200298)] // remapped to page 0, and the symbol
    public void Kernels(ulong start, ulong limit, ulong offset, ulong? symbol, ulong address, ulong expected) => Assert.Equal(
        expected, Translate(ElfHeads.Of(ElfType.Executable, [(0x200000, 0xffffffff80200000, 0x800000, 0x800000, Code)], 0xffffffff80200000), start, limit, offset, address, symbol));

    [Theory]
    [InlineData(0x555555554fff)]
    [InlineData(0x555555556000)]
    public void An_address_outside_of_the_mapping_is_in_no_binary(ulong address)
    {
        var mapping = new ElfMapping(ElfHeads.Of(ElfType.Shared, Layout, 0x1040), 0x555555555000, 0x555555556000, 0x1000);

        Assert.False(mapping.TryTranslate(address, out _, out _));
    }

    [Fact]
    public void An_object_file_cannot_have_been_mapped_from_its_middle() =>
        Assert.Throws<ElfFormatException>(() => new ElfMapping(ElfHeads.Of(ElfType.Relocatable, []), 0x1000, 0x2000, 0x1000));

    [Fact]
    public void A_kernel_module_has_no_segments_and_starts_at_its_mapping() =>
        Assert.Equal(0x40UL, Translate(ElfHeads.Of(ElfType.Relocatable, []), 0x4000, 0x5000, 0, 0x4040));

    private static ulong Translate(ElfFile file, ulong start, ulong limit, ulong offset, ulong address, ulong? kernelSymbol = null)
    {
        Assert.True(new ElfMapping(file, start, limit, offset, kernelSymbol).TryTranslate(address, out ulong found, out _));
        return found;
    }
}
