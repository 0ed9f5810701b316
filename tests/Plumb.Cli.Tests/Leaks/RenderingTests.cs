using Plumb.Cli.Leaks.Rendering;

namespace Plumb.Cli.Tests.Leaks;

public sealed class RenderingTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(7, "7")]
    [InlineData(0.5, "0.5")]
    [InlineData(1.0015, "1")]
    [InlineData(0.004, "4.0E-3")]
    [InlineData(42.25, "42.3")]
    [InlineData(1204, "1,204")]
    [InlineData(-1204.4, "-1,204")]
    public void A_count_is_as_exact_as_it_is_readable(double value, string text) => Assert.Equal(text, Quantity.Count(value));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(200.0 * 1024 * 1024, "200 MiB")]
    [InlineData(1e30, "888178419700125 PiB")]
    public void Bytes_have_a_unit(double value, string text) => Assert.Equal(text, Quantity.Bytes(value));

    [Theory]
    [InlineData(200.3, "count", "+200/s")]
    [InlineData(0.5, "count", "+30/min")]
    [InlineData(0.001, "count", "+3.6/h")]
    [InlineData(-2, "count", "-2/s")]
    [InlineData(0, "count", "±0/s")]
    [InlineData(2048, "bytes", "+2.0 KiB/s")]
    [InlineData(0.5, "bytes", "+30 B/min")]
    [InlineData(double.NaN, "count", "growth unknown")]
    public void A_slow_growth_is_told_by_the_minute_or_the_hour(double perSecond, string unit, string text) =>
        Assert.Equal(text, Quantity.Rate(perSecond, unit));

    [Fact]
    public void What_is_counted_stands_before_the_time() => Assert.Equal("+30 goroutines/min", Quantity.Rate(0.5, "count", "goroutines"));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(4.25, "4.3 s")]
    [InlineData(45, "45 s")]
    [InlineData(119, "119 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3600, "1 h")]
    [InlineData(12_000, "3 h 20 min")]
    [InlineData(200_000, "2 d 7 h")]
    [InlineData(1e8, "more than a year")]
    public void A_duration_has_two_units_at_most(double seconds, string text) => Assert.Equal(text, Quantity.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_sparkline_spans_its_series() => Assert.Equal("▁▂▃▄▅▆▇█", Sparkline.Of([0, 1, 2, 3, 4, 5, 6, 7], 8));

    [Fact]
    public void A_level_series_looks_level_even_when_it_trembles()
    {
        Assert.Equal("▁▁▁", Sparkline.Of([1000, 1010, 1000], 8));
        Assert.Equal("▁▄▁", Sparkline.Of([9, 10, 9], 8));
    }

    [Fact]
    public void Zeros_and_values_beyond_all_bounds_are_drawn()
    {
        Assert.Equal("▁▁", Sparkline.Of([0, 0], 8));
        Assert.Equal(2, Sparkline.Of([-double.MaxValue, double.MaxValue], 8).Length);
    }

    [Fact]
    public void A_missing_value_is_a_gap() => Assert.Equal("▁ █", Sparkline.Of([0, double.NaN, 7], 8));

    [Fact]
    public void A_series_without_values_is_all_gaps() => Assert.Equal("  ", Sparkline.Of([double.NaN, double.PositiveInfinity], 8));

    [Fact]
    public void A_long_series_is_squeezed_into_the_width()
    {
        string line = Sparkline.Of([.. Enumerable.Range(0, 1000).Select(i => (double)i)], 8);
        Assert.Equal("▁▂▃▄▅▆▇█", line);
    }

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one", 7, "one")]
    [InlineData("averyverylongword x", 7, "averyverylongword|x")]
    [InlineData("x averyverylongword", 7, "x|averyverylongword")]
    [InlineData("exactly seven", 7, "exactly|seven")]
    [InlineData("", 7, "")]
    public void Prose_is_broken_at_spaces(string text, int width, string lines) => Assert.Equal(lines, string.Join('|', TextWrap.Lines(text, width)));
}
