using Plumb.Profiles.Folded;
using Plumb.Profiles.Units;

namespace Plumb.Profiles.Tests.Units;

public class SampleTypeAlignmentTests
{
    [Fact]
    public void The_finest_unit_is_taken()
    {
        (Profile left, Profile right) = SampleTypeAlignment.Align(
            FoldedText.Parse("main 3", new SampleType("cpu", "milliseconds")),
            FoldedText.Parse("main 5", new SampleType("cpu", "microseconds")));

        Assert.Equal(left.SampleTypes.AsEnumerable(), right.SampleTypes);
        Assert.Equal("microseconds", left.SampleTypes[0].Unit);
        Assert.Equal([3000L], left.Sample(0).Values.ToArray());
        Assert.Equal([5L], right.Sample(0).Values.ToArray());
    }

    [Fact]
    public void Only_what_both_measure_is_left_in_the_order_of_the_first()
    {
        (Profile left, Profile right) = SampleTypeAlignment.Align(
            FoldedText.Parse("main 1 2", new SampleType("objects", "count"), new SampleType("space", "bytes")),
            FoldedText.Parse("main 3 4 5", new SampleType("space", "bytes"), new SampleType("more", "count"), new SampleType("objects", "count")));

        Assert.Equal(["objects", "space"], left.SampleTypes.Select(type => type.Type));
        Assert.Equal([1L, 2L], left.Sample(0).Values.ToArray());
        Assert.Equal([5L, 3L], right.Sample(0).Values.ToArray());
    }

    [Fact]
    public void Profiles_of_different_things_cannot_be_aligned() =>
        Assert.Throws<ProfileFormatException>(() => SampleTypeAlignment.Align(
            FoldedText.Parse("main 1", SampleType.Cpu), FoldedText.Parse("main 1", SampleType.Goroutine)));

    [Fact]
    public void The_same_name_in_units_of_different_things_is_an_error() =>
        Assert.Throws<ProfileFormatException>(() => SampleTypeAlignment.Align(
            FoldedText.Parse("main 1", new SampleType("x", "bytes")), FoldedText.Parse("main 1", new SampleType("x", "seconds"))));
}
