using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Comparison;

/// <summary>A place in the code as both sides have it: by functions alone, because lines and paths differ between two builds.</summary>
internal sealed class ComparedSite
{
    /// <summary>The nearest application function to the leaf, else the leaf.</summary>
    public required string Name { get; init; }

    public required string Resource { get; init; }

    /// <summary>Functions of the stack that changed most, leaf first.</summary>
    public required IReadOnlyList<string> Stack { get; init; }

    /// <summary>Levels in all snapshots, those of the old side first.</summary>
    public required double[] Values { get; init; }

    /// <summary>The samples behind each level of an estimate; null for a count.</summary>
    public double[]? RawSamples { get; init; }

    /// <summary>All sites of two series.</summary>
    public static IReadOnlyList<ComparedSite> Of(SnapshotSeries old, SnapshotSeries @new, ComparisonOptions options)
    {
        var tables = StackTablesBuilder.Build([.. old.Snapshots, .. @new.Snapshots], options.MaxStacks, options.MainModule);
        var goroutines = tables.Goroutines.Select(r => new Row(tables.Catalog.Frames(r.Key), tables.Catalog.State(r.Key), r.Counts, null));
        var heap = tables.Heap.Select(r => new Row(tables.Catalog.Frames(r.Key), WaitState.Unknown, r.Bytes, r.RawSamples));
        return
        [
            .. goroutines.GroupBy(r => $"{r.State}\n{Functions(r.Frames)}", StringComparer.Ordinal).Select(g => Site(g, ResourceNames.Goroutine)),
            .. heap.GroupBy(r => PlaceOf(r.Frames), StringComparer.Ordinal).Select(g => Site(g, ResourceNames.Heap)),
        ];
    }

    /// <summary>What heap is counted under: the application's function; where there is none, the whole stack.</summary>
    public static string PlaceOf(Frame[] frames) => Array.Find(frames, f => f.IsApplication)?.Function ?? Functions(frames);

    public static string NameOf(Frame[] frames) => (Array.Find(frames, f => f.IsApplication) ?? frames[0]).Function;

    private static string Functions(Frame[] frames) => string.Join('\n', frames.Select(f => f.Function));

    private static ComparedSite Site(IEnumerable<Row> group, string resource)
    {
        Row[] rows = [.. group];
        var largest = rows.MaxBy(r => Range(r.Values))!;
        return new ComparedSite
        {
            Name = NameOf(largest.Frames),
            Resource = resource,
            Stack = [.. largest.Frames.Select(f => f.Function)],
            Values = Sum(rows.Select(r => r.Values)),
            RawSamples = rows[0].RawSamples is null ? null : Sum(rows.Select(r => r.RawSamples!)),
        };
    }

    private static double Range(double[] values)
    {
        var known = Array.FindAll(values, double.IsFinite);
        return known.Length == 0 ? 0 : known.Max() - known.Min();
    }

    private static double[] Sum(IEnumerable<double[]> rows)
    {
        double[]? sum = null;
        foreach (var row in rows)
        {
            sum ??= new double[row.Length];
            for (var i = 0; i < sum.Length; i++) sum[i] += row[i];
        }

        return sum ?? [];
    }

    private sealed record Row(Frame[] Frames, WaitState State, double[] Values, double[]? RawSamples);
}
