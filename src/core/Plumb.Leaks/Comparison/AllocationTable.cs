using System.Runtime.InteropServices;
using Plumb.Leaks.Growth;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Comparison;

/// <summary>What the stacks of one side allocated between its first and its last heap profile, by the application's function.</summary>
internal sealed class AllocationTable
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    private AllocationTable()
    {
    }

    public IReadOnlyDictionary<string, Place> Places => _places;

    /// <summary>All of it.</summary>
    public Place Whole { get; } = new("allocated bytes", []);

    /// <summary>Null without two heap profiles that count allocations.</summary>
    public static AllocationTable? Of(SnapshotSeries life, ComparisonOptions options)
    {
        Snapshot[] heaps = [.. life.Snapshots.Where(s => s.Heap is not null && s.Heap.SampleTypeIndex("alloc_space") >= 0)];
        if (heaps.Length < 2) return null;
        var rate = heaps[^1].Heap!.Header.Period is > 0 and var period ? period : HeapSampling.DefaultRate;
        var before = Rows(heaps[0], options).ToDictionary(r => r.Key, StringComparer.Ordinal);
        var table = new AllocationTable();
        foreach (var row in Rows(heaps[^1], options))
        {
            before.TryGetValue(row.Key, out var earlier);
            table.Add(row, row.Bytes - (earlier?.Bytes ?? 0), row.Objects - (earlier?.Objects ?? 0), rate);
        }

        return table;
    }

    private void Add(Row row, double bytes, double objects, double rate)
    {
        var samples = HeapSampling.RawSamples(objects, bytes, rate);
        if (!(samples > 0)) return;
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, row.Place, out _);
        place ??= new Place(row.Name, row.Frames);
        place.Add(bytes, samples);
        Whole.Add(bytes, samples);
    }

    // By functions: several rows of one profile differ in lines only.
    private static IEnumerable<Row> Rows(Snapshot snapshot, ComparisonOptions options)
    {
        var tables = StackTablesBuilder.Build([snapshot], options.MaxStacks, options.MainModule);
        return tables.Heap
            .Select(r => (Frames: tables.Catalog.Frames(r.Key), Row: r))
            .GroupBy(r => string.Join('\n', r.Frames.Select(f => f.Function)), StringComparer.Ordinal)
            .Select(g => new Row(
                g.Key,
                ComparedSite.PlaceOf(g.First().Frames),
                ComparedSite.NameOf(g.First().Frames),
                [.. g.First().Frames.Select(f => f.Function)],
                g.Sum(r => r.Row.AllocatedBytes),
                g.Sum(r => r.Row.AllocatedObjects)));
    }

    /// <summary>The allocations of one function.</summary>
    public sealed class Place(string name, IReadOnlyList<string> stack)
    {
        private double _largest;

        public string Name { get; } = name;

        /// <summary>A stack of it, leaf first.</summary>
        public IReadOnlyList<string> Stack { get; } = stack;

        public double Bytes { get; private set; }

        public double Samples { get; private set; }

        /// <summary>What one sample stands for, at most.</summary>
        public double LargestWeight => _largest;

        /// <summary>The variance of <see cref="Bytes"/>: each stack is a Poisson number of samples, of its own weight each.</summary>
        public double Variance { get; private set; }

        public void Add(double bytes, double samples)
        {
            Bytes += bytes;
            Samples += samples;
            Variance += bytes * bytes / samples;
            _largest = Math.Max(_largest, bytes / samples);
        }
    }

    private sealed record Row(string Key, string Place, string Name, IReadOnlyList<string> Frames, double Bytes, double Objects);
}
