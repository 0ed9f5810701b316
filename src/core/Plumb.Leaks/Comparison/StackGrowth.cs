using System.Runtime.InteropServices;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Comparison;

/// <summary>
/// What every stack of a series gained from its beginning to its end, as trees of calls: the whole growth at one glance, where findings
/// tell only of the part that is a leak.
/// </summary>
/// <param name="HeapBytes">Live heap; null when there is none, or none of it grew.</param>
/// <param name="Goroutines">Goroutines; null likewise.</param>
public sealed record StackGrowth(GrowthNode? HeapBytes, GrowthNode? Goroutines)
{
    /// <summary>Nodes smaller than this share of the whole are left out.</summary>
    private const double SmallestShare = 0.002;

    private const int MaxDepth = 64;

    public static StackGrowth None { get; } = new(null, null);

    /// <summary>The growth within the longest life of the process, by functions. Stacks that shrank are no part of it.</summary>
    public static StackGrowth Of(SnapshotSeries series, int maxStacks, string? mainModule)
    {
        if (series.Count == 0) return None;
        var life = series.Lives().MaxBy(l => l.Duration)!;
        var tables = StackTablesBuilder.Build(life.Snapshots, maxStacks, mainModule);
        return new StackGrowth(
            Tree("live heap", tables.Heap.Select(r => (tables.Catalog.Frames(r.Key), Gain(r.Bytes)))),
            Tree("goroutines", tables.Goroutines.Select(r => (tables.Catalog.Frames(r.Key), Gain(r.Counts)))));
    }

    // The mean of the last quarter less that of the first: one snapshot alone may be a tooth of the collector's saw.
    private static double Gain(double[] values)
    {
        var known = Array.FindAll(values, double.IsFinite);
        var quarter = Math.Max(1, known.Length / 4);
        return known.Length < 2 ? 0 : Mean(known.AsSpan(known.Length - quarter)) - Mean(known.AsSpan(0, quarter));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    private static GrowthNode? Tree(string name, IEnumerable<(Frame[] LeafFirst, double Gain)> stacks)
    {
        var root = new Builder(FrameOwner.Standard);
        foreach (var (frames, gain) in stacks)
        {
            if (!(gain > 0)) continue;
            root.Growth += gain;
            var node = root;
            for (var i = frames.Length - 1; i >= Math.Max(0, frames.Length - MaxDepth); i--) node = node.Child(frames[i], gain);
        }

        return root.Growth > 0 ? root.Build(name, root.Growth * SmallestShare) : null;
    }

    private sealed class Builder(FrameOwner owner)
    {
        private readonly Dictionary<string, Builder> _children = new(StringComparer.Ordinal);

        public double Growth { get; set; }

        public Builder Child(Frame frame, double gain)
        {
            ref var child = ref CollectionsMarshal.GetValueRefOrAddDefault(_children, frame.Function, out _);
            child ??= new Builder(frame.Owner);
            child.Growth += gain;
            return child;
        }

        public GrowthNode Build(string name, double smallest) => new(
            name,
            owner,
            Growth,
            [.. _children.Where(c => c.Value.Growth >= smallest).OrderByDescending(c => c.Value.Growth).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Value.Build(c.Key, smallest))]);
    }
}
