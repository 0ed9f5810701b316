using Plumb.Leaks.Growth;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Comparison;

/// <summary>What a request costs on either side: bytes allocated, CPU; and what is held meanwhile: live heap, goroutines.</summary>
internal sealed class CostComparer(ComparedWork old, ComparedWork @new, bool perRequest, ComparisonOptions options)
{
    /// <summary>Fewer samples than this on both sides together tell nothing.</summary>
    private const double FewestSamples = 32;

    private const double TicksPerSecond = 100;

    private const string Allocation = "alloc";
    private const string Cpu = "cpu";

    /// <summary>Differences of stacks, the worst first, then the figures of the process.</summary>
    /// <param name="sites">Levels of all stacks.</param>
    /// <param name="growing">Sites that grow: their level says nothing.</param>
    public IReadOnlyList<Difference> Compare(IReadOnlyList<ComparedSite> sites, IReadOnlySet<string> growing)
    {
        var tested = Allocations().Concat(Levels(sites, growing)).Concat(CpuTime()).ToList();
        var differs = FalseDiscovery.Accept([.. tested.Select(t => t.P)], options.FalseCostRate);
        var all = tested.Select((t, i) => t with { Verdict = differs[i] && IsLarge(t, tested) ? Direction(t) : DifferenceVerdict.Same }).ToList();
        return
        [
            .. all.Where(d => !d.IsProcess && d.Verdict != DifferenceVerdict.Same).OrderByDescending(d => d.Change / WholeOf(d, tested)),
            .. all.Where(d => d.IsProcess),
        ];
    }

    private static DifferenceVerdict Direction(Difference cost) => cost.Change > 0 ? DifferenceVerdict.More : DifferenceVerdict.Less;

    private bool IsLarge(Difference cost, List<Difference> all)
    {
        var own = Math.Abs(cost.Change) / Math.Max(Math.Abs(cost.Old.Value), double.Epsilon);
        if (Math.Abs(cost.Change) < SmallestChange(cost.Resource)) return false;
        return cost.IsProcess
            ? own >= (cost.Resource == Cpu ? options.CpuTolerance : options.Tolerance)
            : own >= options.LeastChange && Math.Abs(cost.Change) >= options.LeastShare * WholeOf(cost, all);
    }

    // A few idle goroutines or a grown buffer are a large share of a small service.
    private static double SmallestChange(string resource) => resource switch
    {
        ResourceNames.Goroutine => 8,
        ResourceNames.Heap => 2 * 1024 * 1024,
        _ => 0,
    };

    private static double WholeOf(Difference cost, List<Difference> all) =>
        all.Find(d => d.IsProcess && d.Resource == cost.Resource) is { Old.Value: > 0 and var whole } ? whole : 1;

    private IEnumerable<Difference> Allocations()
    {
        if (AllocationTable.Of(old.Life, options) is not { } before || AllocationTable.Of(@new.Life, options) is not { } after) yield break;
        yield return Allocated(before.Whole, after.Whole, isProcess: true);
        foreach (var place in before.Places.Keys.Union(after.Places.Keys, StringComparer.Ordinal))
        {
            var (was, now) = (before.Places.GetValueOrDefault(place), after.Places.GetValueOrDefault(place));
            if ((was?.Samples ?? 0) + (now?.Samples ?? 0) >= FewestSamples) yield return Allocated(was, now, isProcess: false);
        }
    }

    private Difference Allocated(AllocationTable.Place? was, AllocationTable.Place? now, bool isProcess)
    {
        var any = (now ?? was)!;
        var (before, after) = (Cost(was, now, old), Cost(now, was, @new));
        return New(any.Name, Allocation, "bytes", isProcess, any.Stack, before, after);
    }

    // Where one side has no sample at all, there may have been one that was not kept.
    private Estimate Cost(AllocationTable.Place? place, AllocationTable.Place? other, ComparedWork side)
    {
        var work = side.WholeUnits(perRequest);
        var variance = place?.Variance ?? other!.LargestWeight * other.LargestWeight;
        return new Estimate((place?.Bytes ?? 0) / work, Math.Sqrt(variance) / work, double.PositiveInfinity);
    }

    private IEnumerable<Difference> CpuTime()
    {
        var (before, after) = (CpuCost(old), CpuCost(@new));
        if (before.IsKnown && after.IsKnown) yield return New("CPU time", Cpu, "seconds", isProcess: true, [], before, after);
    }

    // The kernel counts whole hundredths of a second.
    private Estimate CpuCost(ComparedWork side)
    {
        var ticks = Steps.Rate(Array.ConvertAll(side.Metric(MetricNames.CpuSeconds), s => s * TicksPerSecond), side.Units(perRequest), []);
        return new Estimate(ticks.Value / TicksPerSecond, ticks.Error / TicksPerSecond, ticks.Degrees);
    }

    private IEnumerable<Difference> Levels(IReadOnlyList<ComparedSite> sites, IReadOnlySet<string> growing)
    {
        foreach (var resource in (string[])[ResourceNames.Goroutine, ResourceNames.Heap])
        {
            ComparedSite[] level = [.. sites.Where(s => s.Resource == resource && !growing.Contains(Key(s)))];
            if (level.Length == 0) continue;
            yield return Level(Sum(level, resource), isProcess: true);
            foreach (var site in level.Where(IsWorthTesting)) yield return Level(site, isProcess: false);
        }
    }

    public static string Key(ComparedSite site) => Key(site.Resource, site.Name, site.Stack);

    public static string Key(string resource, string name, IReadOnlyList<string> stack) => resource == ResourceNames.Heap ? $"heap\n{name}" : $"{resource}\n{string.Join('\n', stack)}";

    private static bool IsWorthTesting(ComparedSite site) => site.RawSamples is { } raw
        ? Array.Exists(raw, k => k >= FewestSamples)
        : Array.Exists(site.Values, v => v >= 4);

    private Difference Level(ComparedSite site, bool isProcess)
    {
        var split = old.Life.Count;
        return New(
            site.Name,
            site.Resource,
            site.Resource == ResourceNames.Goroutine ? "count" : "bytes",
            isProcess,
            site.Stack,
            LevelOf(site.Values[..split], site.RawSamples?[..split]),
            LevelOf(site.Values[split..], site.RawSamples?[split..]));
    }

    // The second half, once it has warmed up. Neighbours are alike, and heap is the same samples again and again: of both, so many as are
    // independent count.
    private static Estimate LevelOf(double[] values, double[]? rawSamples)
    {
        var known = Array.FindAll(values[(values.Length / 2)..], double.IsFinite);
        if (known.Length < 3) return Estimate.Unknown;
        var mean = known.Average();
        var spread = known.Sum(v => (v - mean) * (v - mean)) / (known.Length - 1);
        var variance = Math.Max(spread, 1.0 / 12) / Math.Max(2, known.Length / 2.0);
        if (rawSamples is not null)
        {
            var samples = Array.FindAll(rawSamples[(rawSamples.Length / 2)..], double.IsFinite).DefaultIfEmpty(0).Average();
            variance = Math.Max(variance, samples > 0 ? mean * mean / samples : HeapSampling.DefaultRate * HeapSampling.DefaultRate);
        }

        return new Estimate(mean, Math.Sqrt(variance), Math.Max(1, (known.Length / 2.0) - 1));
    }

    private static ComparedSite Sum(ComparedSite[] sites, string resource)
    {
        var values = new double[sites[0].Values.Length];
        var samples = new double[values.Length];
        foreach (var site in sites)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] += site.Values[i];
                if (site.RawSamples is { } raw) samples[i] += raw[i];
            }
        }

        return new ComparedSite
        {
            Name = resource == ResourceNames.Heap ? "live heap" : "goroutines",
            Resource = resource,
            Stack = [],
            Values = values,
            RawSamples = resource == ResourceNames.Heap ? samples : null,
        };
    }

    private static Difference New(string name, string resource, string unit, bool isProcess, IReadOnlyList<string> stack, Estimate before, Estimate after) => new()
    {
        Name = name,
        Resource = resource,
        Unit = unit,
        IsProcess = isProcess,
        Stack = stack,
        Old = before,
        New = after,
        P = WelchTest.P(before, after),
        Verdict = DifferenceVerdict.Same,
    };
}
