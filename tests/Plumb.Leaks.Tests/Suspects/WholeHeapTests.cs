using Plumb.Leaks.Growth;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Tests.Suspects;

public sealed class WholeHeapTests
{
    private const double Megabyte = 1e6;
    private static readonly LoadTimeline Timeline = LoadTimeline.From([.. Enumerable.Range(0, 16).Select(i => (double)i)]);

    // Recorded from a cache of bounded size whose method was compiled again four seconds after the start.
    private static readonly double[] RecompiledMethod = [0, 0, 0, 0, 1.6, 2.6, 3.3, 3.8, 5.2, 6.5, 7.3, 7.0, 7.1, 8.0, 8.7, 8.5];
    private static readonly double[] FullCache = [1.2, 1.9, 3.3, 4.8, 6.4, 7.4, 8.2, 8.2, 8.6, 8.2, 8.2, 7.8, 8.0, 8.9, 9.6, 9.3];

    [Fact]
    public void A_cache_that_filled_early_and_changes_the_code_that_fills_it_is_no_leak()
    {
        GrowthResult place = Judge(RecompiledMethod);

        Assert.Equal(GrowthVerdict.Grows, place.Verdict);
        Assert.Equal(GrowthVerdict.Flat, Confirm(place, FullCache).Verdict);
    }

    [Fact]
    public void What_rises_beside_all_else_still_does()
    {
        GrowthResult place = Judge(RecompiledMethod);

        Assert.Equal(GrowthVerdict.Grows, Confirm(place, [.. RecompiledMethod.Select(v => v + 20)]).Verdict);
        Assert.Equal(GrowthVerdict.Grows, Confirm(place, [.. RecompiledMethod.Select((v, i) => v + 20 + (i % 3 * 0.4))]).Verdict);
    }

    private static GrowthResult Confirm(GrowthResult place, double[] whole) =>
        WholeHeap.Confirm(place, Timeline, [.. whole.Select(v => v * Megabyte)], isOwn: false);

    private static GrowthResult Judge(double[] megabytes)
    {
        double[] values = [.. megabytes.Select(v => v * Megabyte)];
        var series = new GrowthSeries { Quantity = GrowthQuantity.HeapBytes, Values = values, RawSamples = [.. values.Select(v => v / 104_000)] };
        return GrowthJudge.Judge([series], Timeline)[0];
    }
}
