using Plumb.Cli.Leaks.Arguments;

namespace Plumb.Cli.Tests.Leaks;

public sealed class ArgumentTextTests
{
    [Theory]
    [InlineData("60", 60)]
    [InlineData("60s", 60)]
    [InlineData("0.5", 0.5)]
    [InlineData("500ms", 0.5)]
    [InlineData("1m30s", 90)]
    [InlineData("1.5h", 5400)]
    [InlineData("2d", 172_800)]
    [InlineData("1h0m1s", 3601)]
    public void A_duration_is_read(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5x")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("1m30")]
    [InlineData("1e9")]
    [InlineData("1..5s")]
    [InlineData("9999999d")]
    [InlineData("NaN")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("536870912", 536_870_912)]
    [InlineData("512Mi", 512L << 20)]
    [InlineData("512MiB", 512L << 20)]
    [InlineData("1.5gib", 3L << 29)]
    [InlineData("512M", 512_000_000)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("100 kB", 100_000)]
    [InlineData("64b", 64)]
    public void A_size_is_read(string text, long bytes)
    {
        Assert.True(SizeText.TryParse(text, out long read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("M")]
    [InlineData("-1")]
    [InlineData("5Q")]
    [InlineData("1e30")]
    [InlineData("9999999TiB")]
    public void What_is_no_size_is_refused(string text) => Assert.False(SizeText.TryParse(text, out _));
}
