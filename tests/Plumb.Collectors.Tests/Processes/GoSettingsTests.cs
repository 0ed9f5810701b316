using Plumb.Collectors.Processes;

namespace Plumb.Collectors.Tests.Processes;

public sealed class GoSettingsTests
{
    [Theory]
    [InlineData("PATH=/bin\0GOGC=50\0HOME=/\0", 50)]
    [InlineData("GOGC=off\0", -1)]
    [InlineData("GOGC=-3\0", -1)]
    [InlineData("GOGC=\0", null)]
    [InlineData("GOGC=99999999999\0", null)]
    [InlineData("MYGOGC=50\0", null)]
    [InlineData("", null)]
    public void The_percentage_is_read(string environment, int? percent) => Assert.Equal(percent, GoSettings.GcPercent(environment));

    [Theory]
    [InlineData("GOMEMLIMIT=512MiB\0", 512L << 20)]
    [InlineData("A=1\0GOMEMLIMIT=1GiB", 1L << 30)]
    [InlineData("GOMEMLIMIT=4096\0", 4096L)]
    [InlineData("GOMEMLIMIT=4096B\0", 4096L)]
    [InlineData("GOMEMLIMIT=off\0", null)]
    [InlineData("GOMEMLIMIT=1GB\0", null)]
    [InlineData("GOMEMLIMIT=99999999999TiB\0", null)]
    [InlineData("GOMEMLIMIT=\0", null)]
    public void The_limit_is_read_as_the_runtime_reads_it(string environment, long? bytes) =>
        Assert.Equal(bytes, GoSettings.MemoryLimitBytes(environment));
}
