using FsCheck;
using FsCheck.Fluent;
using Plumb.Leaks.Growth;
using Plumb.Leaks.Growth.Gates;

namespace Plumb.Leaks.Tests.Growth;

public sealed class GrowthJudgeTests
{
    private static LoadTimeline Every5Seconds(int n, Func<int, double>? requests = null) => LoadTimeline.From(
        [.. Enumerable.Range(0, n).Select(i => 5.0 * i)],
        requests is null ? null : [.. Enumerable.Range(0, n).Select(requests)]);

    private static GrowthSeries Goroutines(params double[] values) => new() { Quantity = GrowthQuantity.Goroutines, Values = values };

    private static GrowthResult Judge(GrowthSeries series, LoadTimeline timeline) => GrowthJudge.Judge([series], timeline)[0];

    private static double[] Line(int n, double from, double step) => [.. Enumerable.Range(0, n).Select(i => from + step * i)];

    [Fact]
    public void Twenty_calls_that_leave_one_goroutine_each_are_seen_with_six_points()
    {
        var result = Judge(Goroutines(0, 4, 8, 12, 16, 20), Every5Seconds(6, i => 4 * i));

        Assert.Equal(GrowthVerdict.Grows, result.Verdict);
        Assert.Equal(1, result.Load!.PerRequest!.Value, 6);
        Assert.Equal(0.8, result.PerSecond.Slope, 6);
    }

    [Fact]
    public void Goroutines_that_get_stuck_now_and_then_are_seen_though_none_came_for_a_while()
    {
        double[] counts = [0, 2, 2, 5, 8, 10, 12, 12, 12, 12, 12, 14];

        Assert.Equal(GrowthVerdict.Grows, Judge(Goroutines(counts) with { IsStuck = true }, Every5Seconds(12)).Verdict);
        Assert.Equal(GrowthVerdict.Inconclusive, Judge(Goroutines(counts), Every5Seconds(12)).Verdict);
    }

    [Fact]
    public void A_pool_that_is_full_is_no_leak_though_its_workers_wait_for_a_lock()
    {
        var pool = Goroutines(0, 8, 16, 24, 32, 40, 40, 40, 40, 40, 40, 40) with { IsStuck = true };

        Assert.Equal(GrowthVerdict.Flat, Judge(pool, Every5Seconds(12)).Verdict);
    }

    [Fact]
    public void Requests_that_take_ever_longer_until_every_caller_waits_leave_nothing_behind()
    {
        // 32 callers, 200 requests a second while they can, each taking 20 ms longer with every second.
        double Served(double second) => second <= 8 ? 200 * second : 1600 + (1600 * Math.Log(second / 8));
        var timeline = LoadTimeline.From([.. Enumerable.Range(0, 16).Select(i => (double)i)], [.. Enumerable.Range(0, 16).Select(i => Served(i))]);
        var atWork = Goroutines(2, 7, 8, 13, 16, 21, 25, 28, 31, 32, 31, 32, 32, 32, 32, 30);

        Assert.Equal(GrowthVerdict.Flat, Judge(atWork, timeline).Verdict);
    }

    [Fact]
    public void Many_at_once_among_others_that_come_one_by_one_are_no_step()
    {
        var series = Goroutines(0, 0, 0, 1, 1, 9, 12, 12, 12, 12, 14, 15) with { IsStuck = true };

        Assert.Equal(GrowthVerdict.Grows, Judge(series, Every5Seconds(12)).Verdict);
    }

    [Fact]
    public void Hardly_a_sample_at_the_end_is_a_plateau_unless_resident_memory_rises_on()
    {
        double[] samples = [1, 4, 7, 11, 13, 17, 20, 23, 26, 26, 26, 27];
        var heap = new GrowthSeries
        {
            Quantity = GrowthQuantity.HeapBytes,
            Values = [.. samples.Select(s => s * HeapSampling.DefaultRate)],
            RawSamples = samples,
            AllocatedSamples = samples,
        };

        Assert.Equal(GrowthVerdict.Flat, Judge(heap, Every5Seconds(12)).Verdict);
        Assert.Equal(GrowthVerdict.Flat, Judge(heap with { Enclosing = [.. Line(12, 2e7, 1.5e6).Select(v => Math.Min(v, 3e7))] }, Every5Seconds(12)).Verdict);
        Assert.Equal(GrowthVerdict.Grows, Judge(heap with { Enclosing = Line(12, 2e7, 1.5e6) }, Every5Seconds(12)).Verdict);
    }

    [Fact]
    public void Within_seconds_heap_is_called_only_while_resident_memory_rises_as_before()
    {
        var seconds = LoadTimeline.From([.. Enumerable.Range(0, 8).Select(i => (double)i)]);
        var heap = new GrowthSeries
        {
            Quantity = GrowthQuantity.HeapBytes,
            Values = Line(8, 0, 2e6),
            RawSamples = Line(8, 0, 4),
            AllocatedSamples = Line(8, 0, 4),
        };

        Assert.Equal(GrowthVerdict.Inconclusive, Judge(heap, seconds).Verdict);
        Assert.Equal(GrowthVerdict.Inconclusive, Judge(heap with { Enclosing = [10e6, 14e6, 18e6, 22e6, 23e6, 24e6, 25e6, 26e6] }, seconds).Verdict);
        Assert.Equal(GrowthVerdict.Grows, Judge(heap with { Enclosing = Line(8, 10e6, 2.2e6) }, seconds).Verdict);
    }

    [Fact]
    public void Few_bursts_of_goroutines_that_are_stuck_for_good_are_no_step()
    {
        var bursts = Goroutines(6, 14, 14, 16, 16, 16, 27, 27, 27, 27, 32, 32) with { IsStuck = true, Survival = 1, SurvivalWasSeen = true };

        Assert.Equal(GrowthVerdict.Grows, Judge(bursts, Every5Seconds(12)).Verdict);
        Assert.Equal(GrowthVerdict.Flat, Judge(bursts with { IsStuck = false }, Every5Seconds(12)).Verdict);
    }

    [Fact]
    public void Connections_kept_for_ever_busier_moments_are_no_leak_unless_there_are_more_than_those_need()
    {
        double[] requests = [3, 24, 52, 87, 130, 181, 239, 305, 377, 458, 546, 642];
        var pool = Goroutines(3, 3, 5, 9, 9, 9, 9, 8, 12, 18, 18, 18) with { Survival = 0.83, SurvivalWasSeen = true, IsIdleConnection = true };
        var leak = pool with { Values = [.. requests] };

        Assert.Equal(GrowthVerdict.Inconclusive, Judge(pool, Every5Seconds(12, i => requests[i])).Verdict);
        Assert.Equal(GrowthVerdict.Grows, Judge(leak, Every5Seconds(12, i => requests[i])).Verdict);
    }

    [Fact]
    public void Growth_is_seen_without_a_request_count()
    {
        var result = Judge(Goroutines(Line(8, 50, 10)), Every5Seconds(8));

        Assert.Equal(GrowthVerdict.Grows, result.Verdict);
        Assert.Null(result.Load!.PerRequest);
    }

    [Fact]
    public void Growth_in_an_idle_service_is_seen_and_has_no_figure_per_request()
    {
        var result = Judge(Goroutines(Line(8, 50, 10)), Every5Seconds(8, _ => 700));

        Assert.Equal(GrowthVerdict.Grows, result.Verdict);
        Assert.Null(result.Load!.PerRequest);
    }

    [Fact]
    public void Five_points_are_inconclusive_and_say_why()
    {
        var result = Judge(Goroutines(Line(5, 0, 10)), Every5Seconds(5));

        Assert.Equal(GrowthVerdict.Inconclusive, result.Verdict);
        Assert.Contains("5 points", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Holes_in_a_series_are_left_out()
    {
        var values = Line(10, 0, 10);
        values[3] = values[7] = double.NaN;

        var result = Judge(Goroutines(values), Every5Seconds(10));

        Assert.Equal(GrowthVerdict.Grows, result.Verdict);
        Assert.Equal(8, result.Points);
    }

    [Fact]
    public void A_heap_site_with_few_samples_is_not_judged()
    {
        var bytes = Line(10, 0, 512 * 1024);
        var series = new GrowthSeries { Quantity = GrowthQuantity.HeapBytes, Values = bytes, RawSamples = Line(10, 0, 0.5) };

        var result = Judge(series, Every5Seconds(10));

        Assert.Equal(GrowthVerdict.Flat, result.Verdict);
        Assert.Contains("samples", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Goroutines_that_come_and_go_are_work_in_progress()
    {
        var result = Judge(Goroutines(Line(10, 10, 10)) with { Survival = 0.05 }, Every5Seconds(10));

        Assert.Equal(GrowthVerdict.Flat, result.Verdict);
        Assert.Contains(result.Gates, g => g is { Gate: "turnover", Verdict: Plumb.Leaks.Growth.Gates.GateVerdict.Fail });
    }

    [Fact]
    public void A_ramp_of_traffic_is_inconclusive_unless_the_goroutines_were_seen_to_stay()
    {
        var ramp = Every5Seconds(12, i => 10.0 * i * i);

        Assert.Equal(GrowthVerdict.Inconclusive, Judge(Goroutines(Line(12, 10, 20)), ramp).Verdict);
        Assert.Equal(GrowthVerdict.Grows, Judge(Goroutines(Line(12, 10, 20)) with { Survival = 1, SurvivalWasSeen = true }, ramp).Verdict);
    }

    [Fact]
    public void Connections_that_stay_are_a_pool_while_they_follow_the_rate_and_a_leak_when_they_follow_the_requests()
    {
        var ramp = Every5Seconds(12, i => 10.0 * i * i);
        var pool = Goroutines(Line(12, 10, 20)) with { Survival = 1, SurvivalWasSeen = true, IsIdleConnection = true };
        var leak = pool with { Values = [.. Enumerable.Range(0, 12).Select(i => 10 + 2.0 * i * i)] };

        Assert.Equal(GrowthVerdict.Inconclusive, Judge(pool, ramp).Verdict);
        Assert.Equal(GrowthVerdict.Grows, Judge(leak, ramp).Verdict);
    }

    [Fact]
    public void Handlers_that_merely_sleep_may_be_more_traffic_when_nobody_counted_requests()
    {
        var handlers = Goroutines(Line(12, 10, 20)) with { IsWorkOnRequests = true };

        Assert.Equal(GrowthVerdict.Inconclusive, Judge(handlers, Every5Seconds(12)).Verdict);
        Assert.Equal(GrowthVerdict.Grows, Judge(handlers, Every5Seconds(12, i => 100 * i)).Verdict);
    }

    [Fact]
    public void Three_dumps_say_enough_when_everyone_stays_and_as_many_come_again()
    {
        var timeline = Every5Seconds(3);

        Assert.Equal(GrowthVerdict.Grows, Judge(Goroutines(5, 205, 400) with { Survival = 1 }, timeline).Verdict);
        Assert.Equal(GrowthVerdict.Suspicious, Judge(Goroutines(5, 35, 60) with { Survival = 1 }, timeline).Verdict);
        Assert.Equal(GrowthVerdict.Inconclusive, Judge(Goroutines(5, 205, 400), timeline).Verdict);
        Assert.Equal(GrowthVerdict.Inconclusive, Judge(Goroutines(5, 205, 230) with { Survival = 1 }, timeline).Verdict);
    }

    [Fact]
    public void A_growth_of_bytes_an_hour_is_drift()
    {
        var seconds = Enumerable.Range(0, 20).Select(i => 3600.0 * i).ToArray();
        var series = new GrowthSeries { Quantity = GrowthQuantity.HeapBytes, Values = Line(20, 1 << 20, 55 * 3600), Limit = 1L << 30 };

        var result = GrowthJudge.Judge([series], LoadTimeline.From(seconds))[0];

        Assert.Equal(GrowthVerdict.Flat, result.Verdict);
        Assert.Contains("30 days", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_leak_is_found_among_a_thousand_quiet_stacks()
    {
        var random = new Random(5);
        var all = Enumerable.Range(0, 1000)
            .Select(_ => Goroutines([.. Enumerable.Range(0, 8).Select(_ => (double)random.Next(20))]))
            .Append(Goroutines(Line(8, 3, 6)))
            .ToArray();

        var results = GrowthJudge.Judge(all, Every5Seconds(8));

        Assert.Equal([1000], Enumerable.Range(0, results.Count).Where(i => results[i].Verdict == GrowthVerdict.Grows));
    }

    [Fact]
    public void Thousands_of_points_are_shortened_not_refused()
    {
        var result = Judge(Goroutines(Line(5000, 0, 1)), Every5Seconds(5000));

        Assert.Equal(GrowthVerdict.Grows, result.Verdict);
        Assert.InRange(result.Points, 100, 160);
    }

    [Fact]
    public void Any_values_at_all_give_a_verdict_with_finite_figures()
    {
        Prop.ForAll<double[]>(values =>
        {
            var timeline = Every5Seconds(values.Length, i => i);
            foreach (var quantity in Enum.GetValues<GrowthQuantity>())
            {
                var result = Judge(new GrowthSeries { Quantity = quantity, Values = values }, timeline);
                if (double.IsNaN(result.Growth) || result.Trend.P is not (>= 0 and <= 1)) return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_series_that_rises_and_falls_to_where_it_began_never_grows()
    {
        // Any series and its mirror image end where they began too, but the second half of a few points may rise by chance, and so it may go on.
        Prop.ForAll<int[]>(half =>
        {
            var values = half.Order().Concat(half.OrderDescending()).Select(v => (double)v).ToArray();
            return Judge(Goroutines(values), Every5Seconds(values.Length)).Verdict != GrowthVerdict.Grows;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Times_that_do_not_rise_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LoadTimeline.From([0, 5, 5]));
    }

    [Fact]
    public void What_moves_from_one_place_to_another_does_not_grow_and_the_whole_tells()
    {
        double[] place = [.. Enumerable.Range(0, 16).Select(i => 4e5 * i)];
        var series = new GrowthSeries { Quantity = GrowthQuantity.HeapBytes, Values = place, RawSamples = [.. place.Select(v => v / 1e5)] };
        var timeline = LoadTimeline.From([.. Enumerable.Range(0, 16).Select(i => (double)i)]);

        var full = GrowthJudge.Judge([series with { Whole = [.. place.Select((_, i) => 8e6 + 1e5 * (i % 3))] }], timeline)[0];
        var growing = GrowthJudge.Judge([series with { Whole = [.. place.Select((v, i) => 8e6 + v + 1e5 * (i % 3))] }], timeline)[0];

        Assert.Equal(GrowthVerdict.Flat, full.Verdict);
        Assert.Equal("whole", Assert.Single(full.Gates, g => g.Verdict == GateVerdict.Fail).Gate);
        Assert.Equal(GrowthVerdict.Grows, growing.Verdict);
    }

    [Fact]
    public void A_cache_that_is_full_and_exchanges_its_entries_is_told_from_a_leak_by_what_is_kept()
    {
        // As seen: 2,000 entries of 4 kB, full after the seventh second; of each 100 kB one is sampled, and the estimate wanders upwards.
        double[] live = [1, 7, 26, 38, 44, 58, 66, 69, 73, 71, 79, 83, 85, 89, 97, 93];
        double[] allocated = [7, 15, 28, 40, 52, 64, 76, 87, 102, 110, 123, 135, 147, 160, 171, 184];
        var series = new GrowthSeries { Quantity = GrowthQuantity.HeapBytes, Values = [.. live.Select(v => 102_400 * v)], RawSamples = live };
        var timeline = LoadTimeline.From([.. Enumerable.Range(0, 16).Select(i => (double)i)]);

        var full = GrowthJudge.Judge([series with { AllocatedSamples = allocated }], timeline)[0];
        var kept = GrowthJudge.Judge([series with { AllocatedSamples = [.. live.Select((v, i) => live.Take(i + 1).Max())] }], timeline)[0];
        var part = GrowthJudge.Judge([series with { AllocatedSamples = [.. live.Select((v, i) => 4 * live.Take(i + 1).Max())] }], timeline)[0];

        Assert.Equal(GrowthVerdict.Flat, full.Verdict);
        Assert.Contains(full.Gates, g => g is { Gate: "kept", Verdict: GateVerdict.Fail });
        Assert.DoesNotContain(kept.Gates, g => g is { Gate: "kept", Verdict: GateVerdict.Fail });
        Assert.DoesNotContain(part.Gates, g => g.Gate == "kept");
    }

    [Fact]
    public void What_only_the_framework_does_counts_once_it_surely_rises()
    {
        double[] unsteady = [6e6, 6e6, 7e6, 8e6, 4e6, 9e6, 11e6, 11e6, 14e6, 13e6, 16e6, 17e6];
        var series = new GrowthSeries { Quantity = GrowthQuantity.HeapBytes, Values = unsteady, RawSamples = [.. unsteady.Select(v => v / 1e5)] };
        var timeline = LoadTimeline.From([.. Enumerable.Range(0, 12).Select(i => 5.0 * i)]);

        Assert.Equal(GrowthVerdict.Suspicious, GrowthJudge.Judge([series], timeline)[0].Verdict);
        Assert.Equal(GrowthVerdict.Flat, GrowthJudge.Judge([series with { IsOfFramework = true }], timeline)[0].Verdict);
    }
}
