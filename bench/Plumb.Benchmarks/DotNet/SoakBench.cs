using System.Globalization;

namespace Plumb.Benchmarks.DotNet;

/// <summary>
/// A service under load for a long time, looked at in every way at once: captures side by side, callers that go away midway, and the agent attached and
/// detached every minute. What counts is that nothing happens.
/// </summary>
internal static class SoakBench
{
    private const int Rate = 300;
    private const int MinuteSeconds = 60;
    private static readonly string[] Captures =
    [
        "heap", "heap?gc=1", "goroutine", "goroutine?debug=2", "profile?seconds=2", "allocs?seconds=1", "mutex?seconds=1", "block?seconds=1",
        "exceptions?seconds=1", "threadcreate?seconds=1", "handles", "stats", "trace?seconds=1",
    ];

    private static readonly TimeSpan CaptureDistance = TimeSpan.FromMilliseconds(250);

    private sealed class Counts
    {
        public long Requests;
        public long Missed;
        public long Late;
        public long Unanswered;
        public double SlowestMillis;
        public readonly Dictionary<string, long> Outcomes = [];
        public readonly List<(double NativeMegabytes, long Threads, long Handles, long Mappings)> Minutes = [];

        public void Add(string outcome)
        {
            lock (Outcomes)
                Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        }
    }

    public static async Task<int> RunAsync(DotNetTools tools, History history, Peer plumb, int minutes)
    {
        using BenchService service = await BenchService.StartAsync(tools).ConfigureAwait(false);
        var counts = new Counts();
        for (int minute = 0; minute < minutes && service.IsAlive; minute++)
        {
            await service.SampleAsync(on: true).ConfigureAwait(false);
            await MinuteAsync(tools, service, counts, minute).ConfigureAwait(false);
            await service.SampleAsync(on: false).ConfigureAwait(false);
            counts.Minutes.Add(await LookAsync(service).ConfigureAwait(false));
            await Console.Error.WriteLineAsync($"soak: {minute + 1} of {minutes}: {counts.Minutes[^1]}, {counts.Missed} missed").ConfigureAwait(false);
        }

        return Print(history, plumb, service, counts, minutes);
    }

    private static async Task MinuteAsync(DotNetTools tools, BenchService service, Counts counts, int seed)
    {
        using var over = new CancellationTokenSource();
        Task[] callers = [CallAsync(service, counts, new Random(3 * seed), over.Token), CallAsync(service, counts, new Random((3 * seed) + 1), over.Token), LeaveAsync(service, counts, new Random((3 * seed) + 2), over.Token)];
        Load load = await Load.RateAsync(tools, service.Address("/allocate?bytes=100000"), Rate, MinuteSeconds - 5).ConfigureAwait(false);
        counts.Requests += load.Requests;
        counts.Missed += load.Failed;
        counts.Late += load.Late;
        counts.SlowestMillis = Math.Max(counts.SlowestMillis, load.MaxMillis);
        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(callers).ConfigureAwait(false);
    }

    private static async Task CallAsync(BenchService service, Counts counts, Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested && service.IsAlive)
        {
            string capture = Captures[random.Next(Captures.Length)];
            try
            {
                counts.Add($"{await service.StatusAsync($"/debug/pprof/{capture}", CancellationToken.None).ConfigureAwait(false)}");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Every capture is over in seconds: this one never is.
                counts.Add($"{capture}: {e.Message}");
                counts.Unanswered++;
            }

            await Task.Delay(CaptureDistance, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task LeaveAsync(BenchService service, Counts counts, Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested && service.IsAlive)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(20, 1_500)));
            try
            {
                _ = await service.StatusAsync($"/debug/pprof/{Captures[random.Next(Captures.Length)]}", patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                counts.Add("left midway");
            }
            catch (HttpRequestException e)
            {
                counts.Add(e.Message);
                counts.Unanswered++;
            }

            await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>With the agent detached and garbage collected: what is left is not the service's own.</summary>
    private static async Task<(double NativeMegabytes, long Threads, long Handles, long Mappings)> LookAsync(BenchService service)
    {
        double managed = await service.NumberAsync("/committed").ConfigureAwait(false);
        string folder = $"/proc/{service.Id}";
        double resident = Number(File.ReadLines($"{folder}/status"), "RssAnon:") * 1024;
        return ((resident - managed) / 1e6, (long)Number(File.ReadLines($"{folder}/status"), "Threads:"), Directory.EnumerateFileSystemEntries($"{folder}/fd").LongCount(), File.ReadLines($"{folder}/maps").LongCount());
    }

    private static int Print(History history, Peer plumb, BenchService service, Counts counts, int minutes)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n**Soak**, {counts.Minutes.Count} of {minutes} minutes, the agent attached and detached in each: {(service.IsAlive ? "alive" : "DIED")}, {counts.Requests} requests, {counts.Missed} missed, {counts.Late} not sent in time, {counts.Unanswered} captures without an answer, the slowest {counts.SlowestMillis:0} ms\n"));
        Console.WriteLine($"Captures: {string.Join(", ", counts.Outcomes.OrderByDescending(o => o.Value).Select(o => $"{o.Value} × {o.Key}"))}\n");
        Console.WriteLine("| after minute | memory beside the collector's, MB | threads | handles | mappings |");
        Console.WriteLine("|---|---|---|---|---|");
        for (int i = 0; i < counts.Minutes.Count; i += Math.Max(1, counts.Minutes.Count / 6))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {i + 1} | {counts.Minutes[i].NativeMegabytes:0.0} | {counts.Minutes[i].Threads} | {counts.Minutes[i].Handles} | {counts.Minutes[i].Mappings} |"));
        double[] first = [.. counts.Minutes.Skip(counts.Minutes.Count / 3).Take(counts.Minutes.Count / 3).Select(m => m.NativeMegabytes)];
        double[] last = [.. counts.Minutes.TakeLast(counts.Minutes.Count / 3).Select(m => m.NativeMegabytes)];
        double growth = Spread.Of(last).Median - Spread.Of(first).Median;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nFrom the second third to the last: {growth:+0.0;−0.0} MB"));
        history.Add("dotnet-soak", "captures in parallel, attach and detach every minute", plumb,
            [("minutes", counts.Minutes.Count), ("alive", service.IsAlive ? 1 : 0), ("requests", counts.Requests), ("missed", counts.Missed), ("late", counts.Late), ("unanswered", counts.Unanswered), ("slowestMillis", counts.SlowestMillis), ("growthMegabytes", growth)]);
        return service.IsAlive && counts.Missed + counts.Unanswered == 0 ? 0 : 1;
    }

    private static double Number(IEnumerable<string> lines, string key) =>
        double.Parse(lines.First(l => l.StartsWith(key, StringComparison.Ordinal))[key.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
}
