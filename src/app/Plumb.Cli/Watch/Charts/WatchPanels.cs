using Plumb.Collectors.Watching;
using Spectre.Console;

namespace Plumb.Cli.Watch.Charts;

/// <summary>The charts of a watch.</summary>
internal static class WatchPanels
{
    private const int MostStates = 3;
    private static readonly Color[] s_states = [Color.Green, Color.Yellow, Color.Magenta1];

    public static IReadOnlyList<ChartPanel> Of(IReadOnlyList<WatchSample> samples)
    {
        bool knowsRequests = samples.Any(sample => double.IsFinite(sample.RequestsPerSecond));
        WatchSample? last = samples.Count > 0 ? samples[^1] : null;
        return
        [
            new ChartPanel("memory", ChartUnit.Bytes,
            [
                Line("RSS", Color.Aqua, samples, sample => sample.ResidentBytes),
                Line("in use", Color.Green, samples, sample => sample.HeapInUseBytes),
                Line("idle", Color.Blue, samples, sample => sample.HeapIdleBytes),
                Line("sys", Color.Magenta1, samples, sample => sample.SystemBytes),
                Line("next GC", Color.Yellow, samples, sample => sample.NextCollectionBytes),
            ]) { Limit = last?.MemoryLimitBytes ?? double.NaN },
            new ChartPanel("goroutines", ChartUnit.Count,
            [
                Line("now", Color.Green, samples, sample => sample.Goroutines),
                Line("threads", Color.Blue, samples, sample => sample.Threads),
            ]),
            new ChartPanel("descriptors", ChartUnit.Count, [Line("open", Color.Aqua, samples, sample => sample.Descriptors), .. States(samples)])
            {
                Limit = last?.DescriptorLimit ?? double.NaN,
            },
            new ChartPanel("CPU", ChartUnit.Cores, [Line("cores", Color.Yellow, samples, sample => sample.Cores)]),
            new ChartPanel("GC pauses", ChartUnit.Seconds, [Line("longest", Color.Magenta1, samples, sample => sample.PauseSeconds)]),
            knowsRequests
                ? new ChartPanel("requests/s", ChartUnit.Count, [Line("now", Color.Green, samples, sample => sample.RequestsPerSecond)])
                : new ChartPanel("GC runs", ChartUnit.Count, [Line("since last look", Color.Blue, samples, sample => sample.Collections)]),
        ];
    }

    // Those that there are most of now; one that leaks is among them.
    private static IEnumerable<ChartLine> States(IReadOnlyList<WatchSample> samples)
    {
        IEnumerable<string> names = samples.SelectMany(sample => sample.Connections.Keys).Distinct(StringComparer.Ordinal)
            .OrderByDescending(name => samples[^1].Connections.GetValueOrDefault(name))
            .ThenBy(name => name, StringComparer.Ordinal)
            .Take(MostStates);
        return names.Select((name, i) => Line(name, s_states[i], samples, sample => sample.IsAnswered ? sample.Connections.GetValueOrDefault(name) : double.NaN));
    }

    private static ChartLine Line(string name, Color colour, IReadOnlyList<WatchSample> samples, Func<WatchSample, double> value) =>
        new(name, colour, [.. samples.Select(value)]);
}
