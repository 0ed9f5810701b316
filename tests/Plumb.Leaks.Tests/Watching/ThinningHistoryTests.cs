using FsCheck;
using FsCheck.Fluent;
using Plumb.Leaks.Watching;

namespace Plumb.Leaks.Tests.Watching;

public sealed class ThinningHistoryTests
{
    [Fact]
    public void Nothing_is_merged_while_there_is_room()
    {
        var history = Filled(8, capacity: 8);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], history.Points.Select(span => span.First));
        Assert.Equal(1, history.Grain);
    }

    [Fact]
    public void The_whole_time_stays_in_a_bounded_number_of_even_points() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), Gen.Choose(2, 40).ToArbitrary(), (items, capacity) =>
        {
            var history = Filled(items.Get, capacity);
            Assert.InRange(history.Points.Count, 1, capacity);
            // Every item is in exactly one point, in order.
            Assert.Equal(0, history.Points[0].First);
            Assert.Equal(items.Get - 1, history.Points[^1].Last);
            Assert.All(history.Points.Zip(history.Points.Skip(1)), pair => Assert.Equal(pair.First.Last + 1, pair.Second.First));
            Assert.All(history.Points.SkipLast(1), span => Assert.Equal(history.Grain, span.Last - span.First + 1));
        }));

    [Fact]
    public void A_lower_bound_holds_at_once_and_from_then_on()
    {
        var history = Filled(30, capacity: 32);
        history.Shrink(8);
        Assert.InRange(history.Points.Count, 4, 8);
        history.Add(new Span(30, 30));
        Assert.Equal(30, history.Points[^1].Last);
        Assert.All(history.Points.SkipLast(1), span => Assert.Equal(history.Grain, span.Last - span.First + 1));
    }

    private static ThinningHistory<Span> Filled(int items, int capacity)
    {
        var history = new ThinningHistory<Span>(capacity, (older, newer) => new Span(older.First, newer.Last));
        for (var i = 0; i < items; i++) history.Add(new Span(i, i));
        return history;
    }

    private readonly record struct Span(int First, int Last);
}
