using System.Diagnostics;
using System.Globalization;
using Plumb.Profiles;

namespace Plumb.Benchmarks.DotNet;

/// <summary>For how long a service stands still when it is asked what goes on in it, by the size of its heap.</summary>
internal static class PauseBench
{
    private static readonly int[] Sizes = [100, 1_000, 4_000];
    private const double AimPerGigabyte = 35;
    private const double Headroom = 2.5;
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(DotNetTools tools, History history, Peer plumb, int rounds)
    {
        Console.WriteLine($"\n**Pause of goroutine**, {rounds} turns each\n");
        Console.WriteLine("| heap, MB | aim, ms | stood still by the agent's clock, ms | CPU of the agent's thread, ms | longest gap of a thread that never waits, ms | without, ms | answered after, ms | heap walk by events (as gcdump), gap, ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (int size in Sizes)
        {
            if (AvailableMegabytes() < size * Headroom)
            {
                Console.WriteLine($"| {size} | | not measured: less than {size * Headroom:0} MB are free | | | | | |");
                continue;
            }

            await MeasureAsync(tools, history, plumb, size, rounds).ConfigureAwait(false);
        }
    }

    private static async Task MeasureAsync(DotNetTools tools, History history, Peer plumb, int size, int rounds)
    {
        using BenchService service = await BenchService.StartAsync(tools).ConfigureAwait(false);
        await service.SampleAsync(on: true).ConfigureAwait(false);
        double megabytes = await service.NumberAsync($"/fill?megabytes={size}").ConfigureAwait(false) / 1e6;
        _ = await service.ProfileAsync("/debug/pprof/goroutine").ConfigureAwait(false);
        List<double> still = [];
        List<double> cpu = [];
        List<double> gaps = [];
        List<double> quiet = [];
        List<double> answers = [];
        for (int i = 0; i < rounds; i++)
        {
            quiet.Add(await GapAsync(service, () => Task.Delay(Still)).ConfigureAwait(false));
            long start = 0;
            gaps.Add(await GapAsync(service, async () =>
            {
                double before = service.AgentSeconds();
                start = Stopwatch.GetTimestamp();
                Profile profile = await service.ProfileAsync("/debug/pprof/goroutine").ConfigureAwait(false);
                answers.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                still.Add(StoodStill(profile));
                cpu.Add(1e3 * (service.AgentSeconds() - before));
            }).ConfigureAwait(false));
        }

        double? walk = tools.Trace is { } tool ? await WalkAsync(service, tool).ConfigureAwait(false) : null;
        var gap = Spread.Of(gaps);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {megabytes:0} | {Math.Max(1, AimPerGigabyte * megabytes / 1e3):0} | {Spread.Of(still).AsRange("0.0")} | {Spread.Of(cpu).AsRange("0.0")} | {gap.AsRange("0.0")} | {Spread.Of(quiet).AsRange("0.0")} | {Spread.Of(answers).Median:0} | {walk?.ToString("0", CultureInfo.InvariantCulture) ?? "–"} |"));
        history.Add("dotnet-pause", "goroutine", plumb,
            [("megabytes", megabytes), ("turns", rounds), ("stillMillis", Spread.Of(still).Median), ("agentCpuMillis", Spread.Of(cpu).Median), ("gapMillis", gap.Median), ("low", gap.Low), ("high", gap.High), ("withoutMillis", Spread.Of(quiet).Median), ("answerMillis", Spread.Of(answers).Median), ("heapWalkMillis", walk)]);
    }

    private static double StoodStill(Profile profile)
    {
        const string Begin = "the process stood still for ";
        string comment = profile.Header.Comments.First(c => c.StartsWith(Begin, StringComparison.Ordinal));
        return double.Parse(comment[Begin.Length..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static async Task<double> GapAsync(BenchService service, Func<Task> during)
    {
        _ = await service.GetAsync("/gaps/start").ConfigureAwait(false);
        await during().ConfigureAwait(false);
        return await service.NumberAsync("/gaps/stop").ConfigureAwait(false);
    }

    /// <summary>What dotnet-gcdump asks of the runtime: a full collection that tells every object and reference as an event.</summary>
    private static async Task<double> WalkAsync(BenchService service, string tool)
    {
        const string HeapSnapshot = "Microsoft-Windows-DotNETRuntime:0x1980001:5";
        return await GapAsync(service, async () =>
        {
            await using TraceTool trace = await TraceTool.StartAsync(tool, service.Id, "--providers", HeapSnapshot).ConfigureAwait(false);
            // It is over when nothing more comes.
            long last;
            do
            {
                last = trace.Length;
                await Task.Delay(TimeSpan.FromSeconds(3)).ConfigureAwait(false);
            }
            while (trace.Length > last);
        }).ConfigureAwait(false);
    }

    private static double AvailableMegabytes()
    {
        string line = File.ReadLines("/proc/meminfo").First(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return double.Parse(line["MemAvailable:".Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
    }
}
