using System.Diagnostics;
using System.Globalization;

namespace Plumb.Benchmarks.DotNet;

/// <summary>A load, and ways to look at the service under it, in turns of an order that chance decides.</summary>
/// <param name="Path">What is asked for.</param>
/// <param name="Rate">Requests a second; 0: as many as there can be.</param>
internal sealed record Scene(string Name, string What, string Path, int Rate, params Way[] Ways)
{
    private const int Seconds = 4;
    private const int WarmUpSeconds = 12;
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    private readonly Dictionary<string, List<Turn>> _turns = [];

    /// <param name="Micros">CPU of the service a request.</param>
    private readonly record struct Turn(double Micros, double PerSecond, double P99Millis, double MegabytesPerSecond);

    /// <summary>All ways are tried in one process, so that they run the same compiled code.</summary>
    public async Task RunAsync(DotNetTools tools, int rounds)
    {
        using BenchService service = await BenchService.StartAsync(tools).ConfigureAwait(false);
        _ = await Load.FullAsync(tools, service.Address(Path), WarmUpSeconds).ConfigureAwait(false);
        var random = new Random(4);
        for (int i = 0; i < rounds; i++)
        {
            Way[] order = [.. Ways];
            random.Shuffle(order);
            foreach (Way way in order)
                await TryTurnAsync(tools, service, way).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"{Name}: {i + 1} of {rounds}").ConfigureAwait(false);
        }
    }

    public void Print(History history, Peer plumb)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n**{What}**, {_turns[Ways[0].Name].Count} turns of {Seconds} s, {Spread.Of(_turns[Ways[0].Name].Select(t => t.MegabytesPerSecond)).Median:0} MB/s allocated\n"));
        Console.WriteLine("| | aim | CPU a request, µs | more than without | p99, ms | requests a second |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (Way way in Ways)
        {
            List<Turn> turns = _turns[way.Name];
            Spread change = Change(way);
            string aim = way.Aim is { } most ? string.Create(CultureInfo.InvariantCulture, $"≤ {most} %") : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {way.What} | {aim} | {Spread.Of(turns.Select(t => t.Micros)).Median:0.00} | {(way == Way.Nothing ? "" : change.AsChange())} | {Spread.Of(turns.Select(t => t.P99Millis)).Median:0.0} | {Spread.Of(turns.Select(t => t.PerSecond)).Median:0} |"));
            history.Add($"dotnet-overhead-{Name}", way.What, plumb,
            [
                ("turns", turns.Count), ("cpuMicros", Spread.Of(turns.Select(t => t.Micros)).Median),
                ("percent", 100 * (change.Median - 1)), ("percentLow", 100 * (change.Low - 1)), ("percentHigh", 100 * (change.High - 1)),
                ("p99Millis", Spread.Of(turns.Select(t => t.P99Millis)).Median), ("perSecond", Spread.Of(turns.Select(t => t.PerSecond)).Median),
            ]);
        }
    }

    /// <summary>Beside the turns without of the same round, because what else the machine does changes slowly.</summary>
    private Spread Change(Way way) => Spread.Of(_turns[way.Name].Select((turn, i) => turn.Micros / Reference(way, i)));

    private double Reference(Way way, int round)
    {
        double once = _turns[Way.Nothing.Name][round].Micros;
        bool isControl = way == Way.NothingAgain || way == Way.Nothing;
        return isControl ? once : (once + _turns[Way.NothingAgain.Name][round].Micros) / 2;
    }

    /// <summary>A tool that does not begin in one turn costs the comparison that turn, and nothing else.</summary>
    private async Task TryTurnAsync(DotNetTools tools, BenchService service, Way way)
    {
        try
        {
            await TakeTurnAsync(tools, service, way).ConfigureAwait(false);
        }
        catch (InvalidOperationException e) when (way.Aim is null)
        {
            _turns[way.Name].Add(new Turn(double.NaN, double.NaN, double.NaN, double.NaN));
            await Console.Error.WriteLineAsync($"{way.What}: {e.Message}").ConfigureAwait(false);
        }
    }

    private async Task TakeTurnAsync(DotNetTools tools, BenchService service, Way way)
    {
        if (!_turns.TryGetValue(way.Name, out List<Turn>? turns))
            _turns[way.Name] = turns = [];
        await using (await way.BeginAsync(service, Seconds).ConfigureAwait(false))
        {
            await Task.Delay(Settle).ConfigureAwait(false);
            double allocated = await service.NumberAsync("/allocated").ConfigureAwait(false);
            double cpu = service.CpuSeconds;
            long start = Stopwatch.GetTimestamp();
            Load load = Rate == 0
                ? await Load.FullAsync(tools, service.Address(Path), Seconds).ConfigureAwait(false)
                : await Load.RateAsync(tools, service.Address(Path), Rate, Seconds).ConfigureAwait(false);
            double taken = service.CpuSeconds - cpu;
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            allocated = await service.NumberAsync("/allocated").ConfigureAwait(false) - allocated;
            turns.Add(new Turn(1e6 * taken / load.Requests, load.PerSecond, load.P99Millis, allocated / 1e6 / seconds));
        }
    }
}
