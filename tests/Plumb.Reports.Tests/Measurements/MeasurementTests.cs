using System.Text;
using Plumb.Profiles.Units;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Tests.Measurements;

public class MeasurementTests
{
    [Theory]
    [InlineData(0, "nanoseconds", "auto", "0")]
    [InlineData(5, "nanoseconds", "auto", "5ns")]
    [InlineData(1_500_000, "nanoseconds", "auto", "1.50ms")]
    [InlineData(10_000_000_000, "ns", "auto", "10s")]
    [InlineData(7_200_000, "ms", "auto", "2hrs")]
    [InlineData(1, "nanoseconds", "s", "0")]
    [InlineData(-1, "nanoseconds", "s", "0")]
    [InlineData(1536, "bytes", "auto", "1.50kB")]
    [InlineData(-1536, "Bytes", "minimum", "-1.50kB")]
    [InlineData(1 << 20, "kilobytes", "auto", "1GB")]
    [InlineData(1024, "bytes", "MB", "0")]
    [InlineData(512, "kb", "seconds", "524288B")] // another family's unit says nothing: the family's own is taken
    [InlineData(3, "count", "auto", "3")]
    [InlineData(3, "samples", "widgets", "3widgets")]
    [InlineData(3, "nanogcu", "auto", "3n*GCU")]
    [InlineData(long.MinValue, "count", "auto", "-9223372036854775808")]
    public void An_amount_reads_in_the_unit_asked_for(long value, string from, string to, string expected)
    {
        Assert.Equal(expected, Measurement.Format(value, from, to));

        var utf8 = new byte[AmountFormat.MaxBytes];
        int count = new AmountFormat(from, to).Format(value, utf8);
        Assert.Equal(expected, Encoding.UTF8.GetString(utf8, 0, count));
    }

    [Theory]
    [InlineData(2, "s", "ms", 2000, "ms")]
    [InlineData(2, "kb", "b", 2048, "B")]
    [InlineData(2, "kbyte", "b", 2048, "B")]
    [InlineData(2, "kilobyte", "b", 2048, "B")]
    [InlineData(2, "mb", "kb", 2048, "kB")]
    [InlineData(2, "gb", "mb", 2048, "MB")]
    [InlineData(2048, "gb", "tb", 2, "TB")]
    [InlineData(2048, "tb", "pb", 2, "PB")]
    [InlineData(3072, "mb", "auto", 3, "GB")]
    [InlineData(31_536_000, "s", "auto", 8760, "hrs")]
    [InlineData(-2, "s", "ms", -2000, "ms")]
    [InlineData(2, "foo", "count", 2, "")]
    [InlineData(2, "foo", "bar", 2, "bar")]
    [InlineData(3000, "count", "auto", 3000, "")]
    [InlineData(3000, "count", "minimum", 3000, "")]
    [InlineData(80_000_000_000, "nanogcu", "petagcus", 8e-14, "P*GCU")]
    [InlineData(15_000_000_000, "microGCU", "teraGCU", 1.5e-8, "T*GCU")]
    [InlineData(4_000_000, "milliGCU", "gigagcu", 4e-6, "G*GCU")]
    [InlineData(2000, "kilogcu", "megagcu", 2, "M*GCU")]
    [InlineData(7, "megaGCU", "gcu", 7e6, "GCU")]
    [InlineData(5, "gigagcus", "milligcu", 5e12, "m*GCU")]
    [InlineData(7, "teragcus", "microGCU", 7e18, "u*GCU")]
    [InlineData(2, "petaGCU", "nanogcus", 2e24, "n*GCU")]
    [InlineData(100, "NanoGCU", "auto", 100, "n*GCU")]
    [InlineData(5000, "KiloGCU", "auto", 5, "M*GCU")]
    [InlineData(9000, "PetaGCU", "auto", 9000, "P*GCU")]
    public void Units_convert_as_in_the_reference(long value, string from, string to, double amount, string unit)
    {
        (double converted, string shown) = UnitScale.Convert(value, from, to);

        Assert.Equal(unit, shown);
        Assert.InRange(converted / amount, 1 - 1e-9, 1 + 1e-9);
    }

    [Fact]
    public void Arithmetic_of_values_that_a_profile_chose_never_throws()
    {
        Assert.Equal(long.MaxValue, SampleValues.Magnitude(long.MinValue));
        Assert.Equal(5, SampleValues.Magnitude(-5));
        Assert.Equal(long.MinValue, SampleValues.Mean(long.MinValue, -1));
        Assert.Equal((-4, 7), (SampleValues.Mean(12, -3), SampleValues.Mean(7, 0)));
        Assert.Equal(long.MinValue, SampleValues.Sum([long.MaxValue, 1]));
    }

    [Theory]
    [InlineData(0, 100, "    0%")]
    [InlineData(5, 0, "    0%")]
    [InlineData(1, 3, "33.33%")]
    [InlineData(-1, 3, "33.33%")]
    [InlineData(9996, 10000, "  100%")]
    [InlineData(3, 2, "150.00%")]
    [InlineData(5, 1000, "  0.5%")]
    [InlineData(9, 100_000, "0.009%")]
    [InlineData(1, 10_000_000, "1e-05%")]
    [InlineData(12, 1_000_000_000, "1.2e-06%")]
    public void A_percentage_keeps_two_digits_and_loses_its_sign(long value, long total, string expected) =>
        Assert.Equal(expected, Measurement.Percent(value, total));

    [Fact]
    public void A_divided_amount_is_cut_to_a_whole_number_before_it_is_scaled() =>
        Assert.Equal("14", new AmountFormat("count", "auto", 1 / 7.0).Format(100));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(900, "900ns")]
    [InlineData(1_500, "1.5µs")]
    [InlineData(20_000_000, "20ms")]
    [InlineData(10_123_456_789, "10.123456789s")]
    [InlineData(3_723_500_000_000, "1h2m3.5s")]
    [InlineData(-60_000_000_000, "-1m0s")]
    public void A_duration_reads_like_in_Go(long nanos, string expected) =>
        Assert.Equal(expected, ProfileTime.FormatDuration(nanos));
}
