using System.Text;
using Plumb.Collectors.Recording;
using Plumb.Collectors.Targets;
using Plumb.Collectors.Watching;

namespace Plumb.Collectors.Tests.Watching;

public sealed class WatchSamplerTests
{
    private const string Index = "<html><table>\n<tr><td>3</td><td><a href='allocs?debug=1'>allocs</a></td></tr>\n<tr><td>1204</td><td><a href='goroutine?debug=1'>goroutine</a></td></tr></table>";

    [Fact]
    public async Task Figures_of_the_runtime_are_read_without_a_profile_and_without_a_collection()
    {
        int asked = 0;
        await using var server = new LoopbackServer((path, stream, stop) => path switch
        {
            "/debug/pprof/" => LoopbackServer.SendAsync(stream, "200 OK", "text/html", Encoding.ASCII.GetBytes(Index), stop),
            "/debug/pprof/heap?debug=1" => LoopbackServer.SendAsync(stream, "200 OK", "text/plain", Heap(collections: 3 + (2 * asked++)), stop),
            _ => LoopbackServer.SendAsync(stream, "200 OK", "application/octet-stream", [1], stop),
        });
        using HttpTarget target = await FindAsync(server);
        var sampler = new WatchSampler(target, new Counting(), TimeProvider.System);
        WatchSample first = await sampler.TakeAsync(CancellationToken.None);
        (WatchSample before, WatchSample second) = (first, await sampler.TakeAsync(CancellationToken.None));
        while (double.IsNaN(second.Collections))
        {
            // The answer took a while, and is not asked for again before twenty times as long have passed.
            await Task.Delay(50);
            (before, second) = (second, await sampler.TakeAsync(CancellationToken.None));
        }

        Assert.Equal((1204, 8192, 3000, 70_000, 16_384), (first.Goroutines, first.HeapInUseBytes, first.HeapIdleBytes, first.SystemBytes, first.NextCollectionBytes));
        // What was before the first look is not of this watch.
        Assert.Equal((0, 0), (first.Collections, first.PauseSeconds));
        Assert.Equal(2, second.Collections);
        Assert.Equal(50e-6, second.PauseSeconds, 9);
        Assert.True(double.IsNaN(first.Cores), "one reading is no rate");
        Assert.InRange(second.Cores * (second.At - before.At).TotalSeconds, 0.4, 0.6);
        Assert.InRange(second.RequestsPerSecond * (second.At - before.At).TotalSeconds, 80, 120);
        Assert.Equal(new Dictionary<string, double> { ["ESTABLISHED"] = 4 }, second.Connections);
        Assert.DoesNotContain(server.Requests, path => path.Contains("gc=1", StringComparison.Ordinal));
        Assert.Equal(["/debug/pprof/goroutine"], server.Requests.Where(path => path.Contains("goroutine", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_service_that_has_gone_gives_a_sample_that_says_so()
    {
        var server = new LoopbackServer((_, stream, stop) => LoopbackServer.SendAsync(stream, "200 OK", "application/octet-stream", [1], stop));
        using HttpTarget target = await FindAsync(server);
        await server.DisposeAsync();
        WatchSample sample = await new WatchSampler(target, new Counting(), TimeProvider.System).TakeAsync(CancellationToken.None);
        Assert.False(sample.IsAnswered);
        Assert.True(double.IsNaN(sample.HeapInUseBytes));
        Assert.NotEmpty(sample.Notes);
    }

    [Theory]
    [InlineData("<td>7</td><td><a href=\"/debug/pprof/goroutine?debug=1\">goroutine</a>", 7.0)]
    [InlineData("<tr><td>12<td><a href=goroutine?debug=1>goroutine</a>", null)]
    [InlineData("<td>99999999999999999999</td><td><a href='goroutine?debug=1'>", null)]
    [InlineData("no page at all", null)]
    public void The_list_of_profiles_tells_the_number_of_goroutines(string page, double? goroutines) =>
        Assert.Equal(goroutines, GoroutineCount.Read(Encoding.ASCII.GetBytes(page)));

    [Fact]
    public void Of_two_samples_the_newer_one_stays_with_the_longest_pause_of_both()
    {
        DateTimeOffset at = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
        WatchSample merged = WatchSample.Merge(
            new WatchSample { At = at, Goroutines = 5, PauseSeconds = 0.003, Collections = 2 },
            new WatchSample { At = at.AddSeconds(1), Goroutines = 6, PauseSeconds = 0.001, Collections = 1 });
        Assert.Equal((6, 0.003, 3, at.AddSeconds(1)), (merged.Goroutines, merged.PauseSeconds, merged.Collections, merged.At));
    }

    private static async Task<HttpTarget> FindAsync(LoopbackServer server)
    {
        Assert.True(TargetAddress.TryParse(server.Url, out TargetAddress? address, out _));
        return ((TargetFound)await HttpTarget.FindAsync(address, TargetLimits.Default, TimeProvider.System, CancellationToken.None)).Target;
    }

    // A ring of 256 pauses, as Go prints it: collection n is at n - 1, and took n times ten microseconds.
    private static byte[] Heap(int collections)
    {
        string pauses = string.Join(' ', Enumerable.Range(1, 256).Select(n => n <= collections ? n * 10_000 : 0));
        return Encoding.ASCII.GetBytes(
            "heap profile: 1: 16 [1: 16] @ heap/1048576\n1: 16 [1: 16] @ 0x1\n\n# runtime.MemStats\n# Alloc = 6000\n# Sys = 75000\n# HeapIdle = 8000\n# HeapInuse = 8192\n"
            + $"# HeapReleased = 5000\n# NextGC = 16384\n# PauseNs = [{pauses}]\n# NumGC = {collections}\n");
    }

    // Half a second of CPU and a hundred requests from one reading to the next.
    private sealed class Counting : IMetricsSource
    {
        private int _readings;

        public Task<MetricsReading> ReadAsync(CancellationToken cancellationToken)
        {
            int n = _readings++;
            return Task.FromResult(new MetricsReading(
                new Dictionary<string, double> { ["cpu_seconds"] = 0.5 * n, ["requests"] = 100 * n, ["tcp.ESTABLISHED"] = 4, ["tcp.LISTEN"] = 1 }, []));
        }
    }
}
