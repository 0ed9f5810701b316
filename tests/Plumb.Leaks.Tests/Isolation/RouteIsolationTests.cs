using FsCheck;
using FsCheck.Fluent;
using Plumb.Leaks.Isolation;

namespace Plumb.Leaks.Tests.Isolation;

public sealed class RouteIsolationTests
{
    [Fact]
    public void Any_routes_that_leak_are_found_and_no_other_in_a_bounded_number_of_rounds()
    {
        Gen<(int Routes, int[] Leaking, int Seed)> cases =
            from routes in Gen.Choose(1, 60)
            from leaking in Gen.Choose(0, Math.Min(6, routes))
            from seed in Gen.Choose(1, int.MaxValue - 1)
            select (routes, PickOf(routes, leaking, seed), seed);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var service = new SimulatedService(one.Routes, [.. one.Leaking.Select(route => SimulatedLeak.Of(route))], one.Seed);
            IsolationResult result = service.Isolate();
            Assert.True(result.IsComplete);
            Assert.Equal(one.Leaking, result.Leaking.Select(leak => Assert.Single(leak.Routes)).Order());
            int halvings = (int)Math.Ceiling(Math.Log2(Math.Max(2, one.Routes)));
            Assert.InRange(service.Rounds, 1, 4 + (one.Leaking.Length * ((2 * halvings) + 3)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Leaks_of_their_own_are_found_in_the_rounds_of_one()
    {
        var one = new SimulatedService(64, [SimulatedLeak.Of(17, "main.a")], seed: 4);
        var four = new SimulatedService(64, [SimulatedLeak.Of(17, "main.a"), SimulatedLeak.Of(3, "main.b"), SimulatedLeak.Of(40, "main.c"), SimulatedLeak.Of(63, "main.d")], seed: 4);
        Assert.Equal([17], one.Isolate().Leaking.SelectMany(leak => leak.Routes));
        Assert.Equal([3, 17, 40, 63], four.Isolate().Leaking.SelectMany(leak => leak.Routes).Order());
        // All, six halvings, the route alone, the rest; and one more for each further route alone.
        Assert.Equal(9, one.Rounds);
        Assert.InRange(four.Rounds, 12, 13);
    }

    [Fact]
    public void What_grows_together_is_told_of_one_route()
    {
        SimulatedLeak goroutines = SimulatedLeak.Of(5);
        SimulatedLeak heap = new([5], new Signal(SignalKind.HeapBytes, ""), 1, 4096);
        LeakingRoutes found = Assert.Single(new SimulatedService(12, [goroutines, heap], seed: 2).Isolate().Leaking);
        Assert.Equal([SignalKind.Goroutines, SignalKind.HeapBytes], found.Signals.Select(signal => signal.Signal.Kind));
        Assert.Equal(1, found.Signals[0].PerRequest, 0.05);
        Assert.Equal(4096, found.Signals[1].PerRequest, 100.0);
    }

    [Fact]
    public void A_healthy_service_takes_two_rounds_and_accuses_nobody()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            var service = new SimulatedService(20, [], seed);
            IsolationResult result = service.Isolate();
            Assert.Empty(result.Leaking);
            Assert.Empty(result.Suspected);
            Assert.InRange(service.Rounds, 2, 6);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.2)]
    [InlineData(0.1)]
    public void A_route_that_leaks_now_and_then_is_found_by_repeating_doubtful_rounds(double probability)
    {
        int found = 0;
        for (int seed = 1; seed <= 100; seed++)
        {
            IsolationResult result = new SimulatedService(24, [SimulatedLeak.Of(9, probability: probability)], seed).Isolate();
            int[] routes = [.. result.Leaking.SelectMany(leak => leak.Routes)];
            Assert.True(routes.All(route => route == 9), $"an innocent route was named: {string.Join(' ', result.Leaking.Select(leak => string.Join('+', leak.Routes)))} {result.Leaking[0].Signals[0]} seed {seed}");
            found += routes.Length;
        }

        Assert.InRange(found, 97, 100);
    }

    [Fact]
    public void The_rate_is_told_with_a_band_that_holds_the_truth()
    {
        int inside = 0;
        for (int seed = 1; seed <= 100; seed++)
        {
            SignalRate rate = new SimulatedService(8, [SimulatedLeak.Of(2, probability: 0.3)], seed).Isolate().Leaking[0].Signals[0];
            inside += rate.Low <= 0.3 && 0.3 <= rate.High ? 1 : 0;
        }

        Assert.InRange(inside, 93, 100);
    }

    [Theory]
    [InlineData(12, 1, 10)]
    [InlineData(12, 0, 1)]
    [InlineData(33, 4, 31)]
    [InlineData(2, 0, 1)]
    public void Routes_that_leak_only_together_are_named_together(int routes, int one, int other)
    {
        var leak = new SimulatedLeak([one, other], new Signal(SignalKind.Goroutines, "main.deadlock"));
        var service = new SimulatedService(routes, [leak], seed: 6);
        IsolationResult result = service.Isolate();
        Assert.Equal([one, other], Assert.Single(result.Leaking).Routes);
        Assert.True(result.IsComplete);
        Assert.InRange(service.Rounds, 3, 40);
    }

    [Fact]
    public void A_leak_beside_a_pair_that_leaks_together_is_found_as_well()
    {
        var pair = new SimulatedLeak([2, 13], new Signal(SignalKind.Goroutines, "main.deadlock"));
        IsolationResult result = new SimulatedService(16, [pair, SimulatedLeak.Of(7, "main.other")], seed: 8).Isolate();
        Assert.Equal(["2 13", "7"], result.Leaking.Select(leak => string.Join(' ', leak.Routes)).Order());
    }

    [Fact]
    public void A_small_leak_in_the_shadow_of_a_large_one_is_seen_once_the_large_one_is_left_out()
    {
        SimulatedLeak large = new([1], new Signal(SignalKind.HeapBytes, ""), 1, 100_000);
        SimulatedLeak small = new([6], new Signal(SignalKind.HeapBytes, ""), 1, 700);
        IsolationResult result = new SimulatedService(8, [large, small], seed: 3, noise: 4000).Isolate();
        Assert.Equal([1, 6], result.Leaking.SelectMany(leak => leak.Routes).Order());
    }

    [Fact]
    public void With_its_rounds_used_up_a_search_says_among_which_routes_the_leak_is()
    {
        IsolationResult result = new SimulatedService(64, [SimulatedLeak.Of(17)], seed: 1).Isolate(maxRounds: 3);
        Assert.False(result.IsComplete);
        Assert.Empty(result.Leaking);
        Assert.Contains(17, result.Suspected);
        Assert.InRange(result.Suspected.Count, 1, 32);
    }

    [Fact]
    public void The_expected_rounds_are_what_a_plain_case_takes()
    {
        var service = new SimulatedService(12, [SimulatedLeak.Of(3)], seed: 5);
        service.Isolate();
        Assert.InRange(service.Rounds, RouteIsolation.ExpectedRounds(12, 1) - 2, RouteIsolation.ExpectedRounds(12, 1) + 1);
        Assert.Equal(2, RouteIsolation.ExpectedRounds(12, 0));
    }

    private static int[] PickOf(int routes, int count, int seed)
    {
        int[] all = [.. Enumerable.Range(0, routes)];
        new Random(seed).Shuffle(all);
        return [.. all[..count].Order()];
    }
}
