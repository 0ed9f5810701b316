using System.Text;
using Plumb.Profiles.LegacyText;

namespace Plumb.Profiles.Tests.LegacyText;

public class MappingLineTests
{
    [Theory]
    // As /proc/PID/maps has them.
    [InlineData("00500000-00a00000 r-xp 00000000 00:00 0", 0x500000, 0xa00000, 0, "", "")]
    [InlineData("00a00000-00b8a000 r-xp 00a00000 fd:01 15953927    /opt/shop/bin", 0xa00000, 0xb8a000, 0xa00000, "/opt/shop/bin", "")]
    [InlineData("00a00000-00b8a000 r-xp 000000 00:00 15953927    [vdso]", 0xa00000, 0xb8a000, 0, "[vdso]", "")]
    [InlineData("6f5e5435e000-6f5e5455e000 --xp 00003000 00:00 1531        shop", 0x6f5e5435e000, 0x6f5e5455e000, 0x3000, "shop", "")]
    [InlineData("7f7472710000-7f7472722000 r-xp 00000000 fc:00 790190      /usr/lib/libgood-1.2.so", 0x7f7472710000, 0x7f7472722000, 0, "/usr/lib/libgood-1.2.so", "")]
    // The brief form, with and without offset and build id.
    [InlineData("  00a00000-00b8a000: /opt/shop/bin (@3a00000)", 0xa00000, 0xb8a000, 0x3a00000, "/opt/shop/bin", "")]
    [InlineData("  00a00000-00b8a000: /opt/shop/bin (deleted)", 0xa00000, 0xb8a000, 0, "/opt/shop/bin", "")]
    [InlineData("  00a00000-00b8a000: /opt/shop/bin", 0xa00000, 0xb8a000, 0, "/opt/shop/bin", "")]
    [InlineData("  00a00000-00b8a000: [vdso]", 0xa00000, 0xb8a000, 0, "[vdso]", "")]
    [InlineData("0x40000-0x90000 /opt/shop/bin      (@FF00)            abc123456", 0x40000, 0x90000, 0xff00, "/opt/shop/bin", "abc123456")]
    [InlineData("0xff6810563000 0xff6810565000 r-xp abc_exe 87c4d547f895cfd6", 0xff6810563000, 0xff6810565000, 0, "abc_exe", "87c4d547f895cfd6")]
    public void A_mapping_of_code_is_read_in_each_form(string line, long start, long limit, long offset, string file, string buildId)
    {
        Assert.True(MappingLine.TryParse(Encoding.UTF8.GetBytes(line), out Mapping? mapping));

        Assert.Equal(new Mapping((ulong)start, (ulong)limit, (ulong)offset, file, buildId), mapping);
    }

    [Theory]
    [InlineData("6f5e5435e000-6f5e5455e000 ---p 00003000 00:00 1531        shop")]
    [InlineData("6f5e5435e000-6f5e5455e000 rw-p 00003000 00:00 1531        shop")]
    public void A_mapping_of_data_is_one_but_none_that_matters(string line)
    {
        Assert.True(MappingLine.TryParse(Encoding.UTF8.GetBytes(line), out Mapping? mapping));

        Assert.Null(mapping);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--- Memory map: ---")]
    [InlineData("build=/opt/shop")]
    [InlineData("00a00000-")]
    [InlineData("zzz-00b8a000 r-xp 000000 00:00 0 x")]
    public void Other_lines_are_no_mappings(string line) => Assert.False(MappingLine.TryParse(Encoding.UTF8.GetBytes(line), out _));
}
