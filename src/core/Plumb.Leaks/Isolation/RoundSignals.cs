using System.Globalization;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Isolation;

/// <summary>What grew between two snapshots of a service that was at rest both times.</summary>
public static class RoundSignals
{
    /// <summary>Live heap as the runtime counts it after a collection: exact, where a heap profile is an estimate from samples.</summary>
    public const string HeapAllocBytes = "heap_alloc_bytes";

    private const int MaxStacks = 200_000;
    private const double HeapGrain = 1024;

    // One sample of a heap profile stands for so much (runtime.MemProfileRate).
    private const double SampledHeapNoise = 2 * 512 * 1024;

    /// <summary>The readings of a round.</summary>
    /// <param name="before">The snapshot before it.</param>
    /// <param name="after">The one after it.</param>
    /// <param name="noise">What moves without any load.</param>
    /// <param name="mainModule">Import path of the program's own module; null to find it.</param>
    public static IReadOnlyList<SignalReading> Between(Snapshot before, Snapshot after, SignalNoise noise, string? mainModule)
    {
        ArgumentNullException.ThrowIfNull(noise);
        return [.. Differences(before, after, mainModule).Select(reading => reading with { Noise = Math.Max(reading.Noise, noise.Of(reading.Signal.Kind)) })];
    }

    internal static List<SignalReading> Differences(Snapshot before, Snapshot after, string? mainModule)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        List<SignalReading> readings = [.. Goroutines(before, after, mainModule)];
        double descriptors = after.Metric(MetricNames.Descriptors) - before.Metric(MetricNames.Descriptors);
        if (double.IsFinite(descriptors))
        {
            readings.Add(new SignalReading(new Signal(SignalKind.Descriptors, ""), descriptors, 1, 1));
        }

        double exact = after.Metric(HeapAllocBytes) - before.Metric(HeapAllocBytes);
        double sampled = InUse(after) - InUse(before);
        if (double.IsFinite(exact))
        {
            readings.Add(new SignalReading(new Signal(SignalKind.HeapBytes, ""), exact, 1, HeapGrain));
        }
        else if (double.IsFinite(sampled))
        {
            readings.Add(new SignalReading(new Signal(SignalKind.HeapBytes, ""), sampled, SampledHeapNoise, HeapGrain));
        }

        return readings;
    }

    private static IEnumerable<SignalReading> Goroutines(Snapshot before, Snapshot after, string? mainModule)
    {
        StackTables tables = StackTablesBuilder.Build([before, after], MaxStacks, mainModule);
        var growth = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (GoroutineRow row in tables.Goroutines)
        {
            string place = PlaceOf(tables.Catalog.Frames(row.Key));
            double grown = row.Counts[1] - row.Counts[0];
            growth[place] = growth.GetValueOrDefault(place) + (double.IsFinite(grown) ? grown : 0);
        }

        // Waiting handlers may stand at one line now and at another later; it is the place that counts, and only what stays.
        return growth.Where(one => one.Value != 0).Select(one => new SignalReading(new Signal(SignalKind.Goroutines, one.Key), one.Value, 1, 1));
    }

    // The application's line nearest to where they wait; of goroutines that are all library, what they were started with.
    private static string PlaceOf(Frame[] frames)
    {
        if (frames.Length == 0)
        {
            return "";
        }

        Frame frame = Array.Find(frames, one => one.IsApplication) ?? frames[^1];
        string file = frame.File[(frame.File.LastIndexOf('/') + 1)..];
        return frame.IsApplication && frame.Line > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{frame.NamedFunction} {file}:{frame.Line}")
            : frame.Function;
    }

    private static double InUse(Snapshot snapshot)
    {
        int column = snapshot.Heap?.SampleTypeIndex("inuse_space") ?? -1;
        if (snapshot.Heap is not { } heap || column < 0)
        {
            return double.NaN;
        }

        double sum = 0;
        for (int i = 0; i < heap.Samples.Count; i++)
        {
            sum += heap.Samples.Values(i)[column];
        }

        return sum;
    }
}
