using System.Diagnostics;
using System.Globalization;

namespace Plumb.Benchmarks.DotNet;

/// <summary>What it costs a .NET service to be looked at.</summary>
internal static class OverheadBench
{
    private const int RestSeconds = 20;
    private const int Rate = 3_000;

    public static async Task RunAsync(DotNetTools tools, History history, Peer plumb, int rounds)
    {
        await StartsAsync(tools, history, plumb, rounds).ConfigureAwait(false);
        await RestAsync(tools, history, plumb, rounds).ConfigureAwait(false);
        foreach (Scene scene in Scenes(tools))
        {
            await scene.RunAsync(tools, rounds).ConfigureAwait(false);
            scene.Print(history, plumb);
        }
    }

    private static Scene[] Scenes(DotNetTools tools)
    {
        Way[] traces = tools.Trace is { } tool ? [Way.TraceOfHeap(tool), Way.TraceOfCpu(tool)] : [];
        return
        [
            new("plain", "A minimal API at full speed", "/plain", 0, [Way.Nothing, Way.NothingAgain, Way.Heap(0.5), Way.Cpu(2)]),
            new("paced", $"33 kB of garbage a request, {Rate} requests a second", "/allocate?bytes=33000", Rate, [Way.Nothing, Way.NothingAgain, Way.Heap(0.5), Way.Cpu(2), .. traces]),
            new("full", "33 kB of garbage a request, full speed", "/allocate?bytes=33000", 0, [Way.Nothing, Way.NothingAgain, Way.Heap(3), Way.Cpu(2), .. traces]),
        ];
    }

    /// <summary>From the start of the process to its first address.</summary>
    private static async Task StartsAsync(DotNetTools tools, History history, Peer plumb, int rounds)
    {
        (string With, string What)[] ways = [(BenchService.None, "without Plumb"), (BenchService.Mapped, "endpoints mapped"), (BenchService.Sampling, "heap sampled from the start")];
        List<double>[] millis = [[], [], []];
        for (int i = 0; i < rounds; i++)
        {
            for (int turn = 0; turn < ways.Length; turn++)
            {
                int way = (i + turn) % ways.Length;
                long start = Stopwatch.GetTimestamp();
                using BenchService service = await BenchService.StartAsync(tools, ways[way].With).ConfigureAwait(false);
                millis[way].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        Console.WriteLine($"\n**From the start of the process to the first address**, {rounds} turns\n");
        Console.WriteLine("| | ms |");
        Console.WriteLine("|---|---|");
        for (int way = 0; way < ways.Length; way++)
        {
            var time = Spread.Of(millis[way]);
            Console.WriteLine($"| {ways[way].What} | {time.AsRange("0")} |");
            history.Add("dotnet-start", ways[way].What, plumb, [("turns", rounds), ("millis", time.Median), ("low", time.Low), ("high", time.High)]);
        }
    }

    /// <summary>
    /// A service without work: what endpoints that nobody asks take, and the agent that waits. Processes side by side, because compiled code differs from
    /// one to the next.
    /// </summary>
    private static async Task RestAsync(DotNetTools tools, History history, Peer plumb, int rounds)
    {
        using BenchService without = await BenchService.StartAsync(tools, BenchService.None).ConfigureAwait(false);
        using BenchService mapped = await BenchService.StartAsync(tools).ConfigureAwait(false);
        using BenchService sampling = await BenchService.StartAsync(tools).ConfigureAwait(false);
        await sampling.SampleAsync(on: true).ConfigureAwait(false);
        BenchService[] services = [without, mapped, sampling];
        // Methods are compiled again in the background for a while after the start.
        await Task.Delay(TimeSpan.FromSeconds(RestSeconds)).ConfigureAwait(false);
        List<double>[] shares = [[], [], []];
        for (int i = 0; i < Math.Max(3, rounds / 3); i++)
        {
            double[] before = [.. services.Select(s => s.CpuSeconds)];
            await Task.Delay(TimeSpan.FromSeconds(RestSeconds)).ConfigureAwait(false);
            for (int s = 0; s < services.Length; s++)
                shares[s].Add(100 * (services[s].CpuSeconds - before[s]) / RestSeconds);
        }

        Console.WriteLine($"\n**At rest**, {shares[0].Count} turns of {RestSeconds} s\n");
        Console.WriteLine("| | aim | percent of one core |");
        Console.WriteLine("|---|---|---|");
        string[] names = ["without Plumb", "endpoints mapped, nobody asks", "heap sampled, nothing allocated"];
        string[] aims = ["", "≤ 0.1 % more", ""];
        for (int s = 0; s < services.Length; s++)
        {
            var share = Spread.Of(shares[s]);
            Console.WriteLine($"| {names[s]} | {aims[s]} | {share.AsRange("0.000")} |");
            history.Add("dotnet-overhead-rest", names[s], plumb, [("turns", shares[s].Count), ("percentOfCore", share.Median), ("low", share.Low), ("high", share.High)]);
        }

        await MappedAsync(tools, history, plumb, without, mapped, rounds).ConfigureAwait(false);
    }

    private static async Task MappedAsync(DotNetTools tools, History history, Peer plumb, BenchService without, BenchService mapped, int rounds)
    {
        const int Seconds = 4;
        BenchService[] services = [without, mapped];
        List<double>[] micros = [[], []];
        foreach (BenchService service in services)
            _ = await Load.FullAsync(tools, service.Address("/plain"), 3 * Seconds).ConfigureAwait(false);
        for (int i = 0; i < rounds; i++)
        {
            for (int turn = 0; turn < services.Length; turn++)
            {
                int s = (i + turn) % services.Length;
                double cpu = services[s].CpuSeconds;
                Load load = await Load.FullAsync(tools, services[s].Address("/plain"), Seconds).ConfigureAwait(false);
                micros[s].Add(1e6 * (services[s].CpuSeconds - cpu) / load.Requests);
            }
        }

        var change = Spread.Of(micros[1].Zip(micros[0], (with, without) => with / without));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nThe same two under the load of a minimal API, CPU a request: {Spread.Of(micros[0]).AsRange("0.00")} µs without, {Spread.Of(micros[1]).AsRange("0.00")} µs mapped: {change.AsChange()}; two processes of one program differ by as much"));
        history.Add("dotnet-overhead-mapped", "minimal API, full speed, two processes", plumb,
            [("turns", rounds), ("cpuMicrosWithout", Spread.Of(micros[0]).Median), ("cpuMicros", Spread.Of(micros[1]).Median), ("percent", 100 * (change.Median - 1)), ("percentLow", 100 * (change.Low - 1)), ("percentHigh", 100 * (change.High - 1))]);
    }
}
