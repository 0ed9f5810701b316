using System.Diagnostics;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Tests.Diagnoses;

public sealed class LargeSeriesTests
{
    [Fact]
    public void Thousands_of_stacks_in_sixty_snapshots_are_judged_in_bounded_time_and_the_leak_among_them_is_found()
    {
        var random = new Random(7);
        var fixture = new SeriesFixture(60);
        for (var stack = 0; stack < 4000; stack++)
        {
            var level = random.Next(1, 60);
            var noise = new Random(stack);
            var counts = Enumerable.Range(0, 60).Select(_ => (long)(level + noise.Next(level / 2 + 3))).ToArray();
            fixture.Heap($"encoding/json.(*decodeState).object < encoding/json.Unmarshal < main.load{stack / 4}:{stack % 4} < net/http.(*conn).serve", 64 * 1024, i => counts[i]);
            if (stack % 2 == 0) fixture.Goroutines($"runtime.gopark < runtime.selectgo < main.serve{stack}:9 < net/http.(*conn).serve", i => counts[i]);
        }

        var series = fixture.Goroutines("runtime.gopark < runtime.chansend1 < main.leak:1", i => 2 * i).Build();
        var watch = Stopwatch.StartNew();
        var diagnosis = LeakFinder.Find(series);

        Assert.Equal(["main.leak"], diagnosis.Findings.Where(f => f.Verdict == LeakVerdict.Leak).Select(f => f.Function));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact]
    public void Thousands_of_deep_stacks_of_NET_that_pass_to_one_another_are_compared_in_bounded_time()
    {
        var fixture = new SeriesFixture(16);
        for (var stack = 0; stack < 1000; stack++)
        {
            var (turn, first) = (stack % 4, stack);
            var frames = Enumerable.Range(0, 120).Select(f => $"System.Acme.M{first * 31 % (f + 2)}.F{f}");
            fixture.Heap(string.Join(" < ", frames), 64 * 1024, i => Math.Clamp(i - 4 * turn, 0, 4), $"System.T{stack % 8}");
        }

        var series = fixture.Build();
        var watch = Stopwatch.StartNew();
        LeakFinder.Find(series);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact]
    public void Stacks_beyond_the_limit_are_left_out_and_said_so()
    {
        var fixture = new SeriesFixture(8);
        for (var stack = 0; stack < 50; stack++) fixture.Goroutines($"main.f{stack}:1", _ => 1);

        var diagnosis = LeakFinder.Find(fixture.Build(), new LeakFinderOptions { MaxStacks = 10 });

        Assert.Contains(diagnosis.Notes, n => n.Contains("left out", StringComparison.Ordinal));
    }
}
