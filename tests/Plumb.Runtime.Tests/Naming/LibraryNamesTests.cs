using System.Runtime.InteropServices;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Tests.Naming;

public sealed class LibraryNamesTests
{
    private static readonly string[] Maps =
    [
        "55d0a0000000-55d0a0001000 r--p 00000000 08:01 11 /usr/bin/dotnet",
        "55d0a0001000-55d0a0003000 r-xp 00001000 08:01 11 /usr/bin/dotnet",
        "7f1000000000-7f1000010000 rwxp 00000000 00:00 0 ",
        "7f2000000000-7f2000010000 r-xs 00000000 00:01 12 /memfd:doublemapper (deleted)",
        "7f3000000000-7f3000010000 r-xp 00000000 08:01 13 /opt/my libs/libcore clr.so",
        "7f4000000000-7f4000001000 r-xp 00000000 00:00 0 [vdso]",
        "nonsense",
    ];

    [Theory]
    [InlineData(0x55d0a0001000UL, "dotnet")]
    [InlineData(0x55d0a0002fffUL, "dotnet")]
    [InlineData(0x55d0a0000000UL, "dynamic code")]
    [InlineData(0x55d0a0003000UL, "dynamic code")]
    [InlineData(0x7f1000000010UL, "dynamic code")]
    [InlineData(0x7f2000000010UL, "dynamic code")]
    [InlineData(0x7f3000000010UL, "libcore clr.so")]
    [InlineData(0x7f4000000010UL, "vdso")]
    [InlineData(0UL, "dynamic code")]
    public void Code_is_named_after_its_file(ulong address, string expected) => Assert.Equal(expected, LibraryNames.Parse(Maps).Find(address));

    [Fact]
    public void Code_of_this_process_is_named_after_its_library()
    {
        ulong code = (ulong)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "getpid");

        // libc.so.6, or ld-musl-x86_64.so.1.
        Assert.Contains(".so", LibraryNames.Read("/proc/self").Find(code), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_process_that_has_ended_it_is_said_so() =>
        Assert.Contains("has ended", Assert.Throws<ProfileUnavailableException>(() => LibraryNames.Read("/proc/4194305")).Message, StringComparison.Ordinal);
}
