using Plumb.Leaks.Growth;
using Plumb.Leaks.Growth.Gates;
using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects;

/// <summary>Makes the series of a run and judges them: process figures, goroutines by stack, live heap by application line.</summary>
internal sealed class SiteJudge(IReadOnlyList<Snapshot> snapshots, StackTables tables, GrowthOptions options)
{
    private const int MaxMembers = 32;
    private const string Goroutines = "goroutines";

    private readonly LoadTimeline _timeline = Timeline(snapshots);

    public Judged Judge() => new()
    {
        Timeline = _timeline,
        Sites = [.. GoroutineSites(), .. HeapSites()],
        Figures = Figures(),
    };

    private static LoadTimeline Timeline(IReadOnlyList<Snapshot> snapshots)
    {
        var start = snapshots[0].At;
        return LoadTimeline.From(
            [.. snapshots.Select(s => (s.At - start).TotalSeconds)],
            [.. snapshots.Select(s => s.Metric(MetricNames.Requests))]);
    }

    private List<Site> GoroutineSites()
    {
        var rows = tables.Goroutines;
        var series = rows.Select(r => new GrowthSeries
        {
            Quantity = GrowthQuantity.Goroutines,
            Values = r.Counts,
            Survival = Survival(r.Dump?.Survival, tables.Catalog.Frames(r.Key)),
            SurvivalWasSeen = r.Dump?.SurvivalWasSeen ?? false,
            IsWorkOnRequests = IsWorkOnRequests(r.Key),
            IsStuck = WaitStates.IsStuck(tables.Catalog.State(r.Key)),
            IsIdleConnection = IsIdleConnection(r.Key),
        }).ToList();
        var results = GrowthJudge.Judge(series, _timeline, options);
        var sites = new List<Site>(rows.Count);
        for (var i = 0; i < rows.Count; i++) sites.Add(GoroutineSite(rows[i], rows[i].Counts, series[i], results[i]));
        sites.AddRange(ScatteredGoroutines(sites));
        return sites;
    }

    // The goroutine of a connection serves one request after the other. That it is found at the same stack again does not mean
    // that it never left; that it is not found again still means that it did.
    private static double? Survival(double? share, Frame[] stack) => share switch
    {
        >= TurnoverGate.Stays when Array.Exists(stack, f => f.Is("net/http", "(*conn).serve")) => null,
        _ => share,
    };

    private bool IsIdleConnection(StackKey key) =>
        tables.Catalog.State(key) == WaitState.IoWait || tables.Catalog.FunctionOf(tables.Catalog.FrameIds(key)[^1]) == "net/http.(*persistConn).writeLoop";

    private bool IsWorkOnRequests(StackKey key)
    {
        var root = tables.Catalog.FunctionOf(tables.Catalog.FrameIds(key)[^1]);
        // A server reads ahead on the connection of every request that it works on.
        if (root == "net/http.(*connReader).backgroundRead") return true;
        return root is "net/http.(*conn).serve" or "net/http.(*http2serverConn).runHandler"
            && tables.Catalog.State(key) is WaitState.Sleep or WaitState.IoWait or WaitState.Unknown or WaitState.Syscall;
    }

    // A function that is left behind at ever other lines grows at none of them enough to be seen; and a goroutine that tries again
    // for ever is found elsewhere each time, with only its entry in common.
    private List<Site> ScatteredGoroutines(List<Site> sites)
    {
        var scattered = Scattered(sites, s => s.OwnFrame?.Function);
        scattered.AddRange(Scattered([.. sites, .. scattered], s => s.Root is { IsApplication: true, IsEntryPoint: false } ? s.Root.Function : null));
        return scattered;
    }

    private List<Site> Scattered(List<Site> sites, Func<Site, string?> place)
    {
        var groups = sites
            .GroupBy(place)
            .Where(g => g.Key is not null && g.Count() > 1 && !g.Any(s => s.Growth.IsGrowing))
            .Select(g => g.DistinctBy(s => s.Series).ToList())
            .ToList();
        var series = groups.Select(group => new GrowthSeries
        {
            Quantity = GrowthQuantity.Goroutines,
            Values = Sum(group.Select(s => s.Counts)),
            Survival = Survival(SurvivalOf(group).Share, group[0].Frames),
            SurvivalWasSeen = SurvivalOf(group).WasSeen,
            IsWorkOnRequests = group.Exists(s => s.Series.IsWorkOnRequests),
            IsStuck = group.TrueForAll(s => s.Series.IsStuck),
        }).ToList();
        var results = GrowthJudge.Judge(series, _timeline, options);
        return [.. groups.Select((group, i) => Together(group, series[i], results[i])).Where(s => s.Growth.IsGrowing)];
    }

    private (double? Share, bool WasSeen) SurvivalOf(List<Site> group) => tables.Survival([.. group.SelectMany(s => s.Keys)]);

    private static Site Together(List<Site> group, GrowthSeries series, GrowthResult growth)
    {
        var largest = group.MaxBy(s => s.Gained)!;
        return new Site
        {
            Frames = InCommon(largest.Frames, group),
            Keys = [.. group.SelectMany(s => s.Keys)],
            Members = [.. group.Select(s => new SiteMember(s.Frames, s.Gained)).OrderByDescending(m => m.Gained).Take(MaxMembers)],
            IsGoroutine = true,
            State = CommonState(group),
            Dump = largest.Dump,
            Creators = largest.Creators,
            Series = series,
            Growth = growth,
            Counts = series.Values,
            ProvenLeaks = group.Sum(s => s.ProvenLeaks),
        };
    }

    // Dumps catch some of them at work on the way; what most of those wait for that do wait is what they are stuck at.
    private static WaitState CommonState(List<Site> group)
    {
        var waiting = group.Where(s => s.State != WaitState.Unknown).GroupBy(s => s.State).Select(g => (State: g.Key, Gained: g.Sum(s => Math.Max(0, s.Gained)))).OrderByDescending(g => g.Gained).ToList();
        return waiting.Count > 0 && waiting[0].Gained > 0.5 * waiting.Sum(g => g.Gained) ? waiting[0].State : WaitState.Unknown;
    }

    // From the root as far as all go the same way.
    private static Frame[] InCommon(Frame[] frames, List<Site> group)
    {
        var depth = 0;
        while (depth < frames.Length && group.TrueForAll(s => depth < s.Frames.Length && s.Frames[^(depth + 1)].Function == frames[^(depth + 1)].Function)) depth++;
        var common = frames[^Math.Max(1, depth)..];
        return Array.Exists(common, f => f.IsApplication) ? common : frames;
    }

    private Site GoroutineSite(GoroutineRow row, double[] counts, GrowthSeries series, GrowthResult growth) => new()
    {
        Frames = tables.Catalog.Frames(row.Key),
        Keys = [row.Key],
        Members = [new SiteMember(tables.Catalog.Frames(row.Key), Gain(counts))],
        IsGoroutine = true,
        State = tables.Catalog.State(row.Key),
        Dump = row.Dump,
        Creators = Array.ConvertAll(row.Dump?.Creators ?? [], tables.Catalog.Frame),
        Series = series,
        Growth = growth,
        Counts = counts,
        ProvenLeaks = row.ProvenLeaks,
    };

    // One application line allocates through many library stacks; together they rest on enough samples to be judged. Where no line of a
    // function does, all of them together may.
    private List<Site> HeapSites()
    {
        var sites = HeapSites(r => HeapPlace(tables.Catalog.Frames(r.Key), r.Key), _ => true);
        var grown = sites.Where(s => s.Growth.IsGrowing).Select(s => s.OwnFrame?.NamedFunction).ToHashSet();
        sites.AddRange(HeapSites(
                r => Array.Find(tables.Catalog.Frames(r.Key), f => f.IsApplication)?.NamedFunction,
                lines => lines.Key is not null && !grown.Contains(lines.Key) && lines.DistinctBy(r => HeapPlace(tables.Catalog.Frames(r.Key), r.Key)).Skip(1).Any())
            .Where(s => s.Growth.IsGrowing));
        return sites;
    }

    private List<Site> HeapSites<TPlace>(Func<HeapRow, TPlace> place, Func<IGrouping<TPlace, HeapRow>, bool> wanted)
    {
        var groups = tables.Heap.GroupBy(place).Where(wanted).Select(g => g.ToList()).ToList();
        double[] resident = [.. snapshots.Select(s => s.Metric(MetricNames.RssBytes))];
        var whole = Sum(tables.Heap.Select(r => r.Bytes));
        var series = groups.Select(g => new GrowthSeries
        {
            Quantity = GrowthQuantity.HeapBytes,
            Values = Sum(g.Select(r => r.Bytes)),
            RawSamples = Sum(g.Select(r => r.RawSamples)),
            AllocatedSamples = Known(Sum(g.Select(r => r.AllocatedSamples))),
            Enclosing = resident,
            Whole = IsDotNet(g) ? whole : null,
            IsOfFramework = IsDotNet(g) && !IsOwn(g),
        }).ToList();
        var results = GrowthJudge.Judge(series, _timeline, options);
        return [.. groups.Select((group, i) => HeapSite(group, series[i], results[i]))];
    }

    private bool IsDotNet(List<HeapRow> rows) => tables.Catalog.Frames(rows[0].Key)[0].IsDotNet;

    private bool IsOwn(List<HeapRow> rows) => rows.Exists(r => Array.Exists(tables.Catalog.Frames(r.Key), f => f.IsApplication));

    private Site HeapSite(List<HeapRow> rows, GrowthSeries series, GrowthResult growth) => new()
    {
        Frames = Standing(rows),
        Members = [.. rows.Select(r => new SiteMember(tables.Catalog.Frames(r.Key), Gain(r.Bytes), Gain(r.Objects))).OrderByDescending(m => m.Gained).Take(MaxMembers)],
        IsGoroutine = false,
        Series = series,
        Growth = growth,
        Counts = Sum(rows.Select(r => r.Objects)),
    };

    // The code that .NET's compiler optimises knows only some of its lines, so that what one line allocates is found at several.
    private static (string Function, int Line, StackKey? Key) HeapPlace(Frame[] frames, StackKey key) =>
        Array.Find(frames, f => f.IsApplication) is { } own ? (own.Function, own.IsDotNet ? 0 : own.Line, null) : ("", 0, key);

    // The stack that gained most at the line that gained most.
    private Frame[] Standing(List<HeapRow> rows) => rows
        .GroupBy(r => Array.Find(tables.Catalog.Frames(r.Key), f => f.IsApplication)?.Line)
        .MaxBy(line => line.Sum(r => Gain(r.Bytes)))!
        .MaxBy(r => Gain(r.Bytes)) is { } row ? tables.Catalog.Frames(row.Key) : [];

    private static double Gain(double[] values)
    {
        var known = Array.FindAll(values, double.IsFinite);
        return known.Length == 0 ? 0 : known[^1] - known[0];
    }

    // A writer that does not count what was ever allocated leaves no number at all.
    private static double[]? Known(double[] values) => Array.Exists(values, double.IsFinite) ? values : null;

    private static double[] Sum(IEnumerable<double[]> rows)
    {
        double[]? sum = null;
        foreach (var row in rows)
        {
            if (sum is null) sum = (double[])row.Clone();
            else for (var i = 0; i < sum.Length; i++) sum[i] += row[i];
        }

        return sum ?? [];
    }

    private List<ProcessFigure> Figures()
    {
        var named = new List<(string Name, string Resource, GrowthSeries Series)>();
        if (tables.HasGoroutines)
            named.Add((Goroutines, ResourceNames.Goroutine, new GrowthSeries { Quantity = GrowthQuantity.Goroutines, Values = Sum(tables.Goroutines.Select(r => r.Counts)) }));
        if (tables.HasHeap)
            named.Add(("heap_live_bytes", ResourceNames.Heap, new GrowthSeries
            {
                Quantity = GrowthQuantity.HeapBytes,
                Values = Sum(tables.Heap.Select(r => r.Bytes)),
                RawSamples = Sum(tables.Heap.Select(r => r.RawSamples)),
                Limit = Last(MetricNames.MemoryLimitBytes),
            }));
        foreach (var name in snapshots.SelectMany(s => s.Metrics.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            if (Kind(name) is { } kind)
                named.Add((name, kind.Resource, new GrowthSeries { Quantity = kind.Quantity, Values = [.. snapshots.Select(s => s.Metric(name))], Limit = Limit(kind.Resource) }));
        }

        var results = GrowthJudge.Judge([.. named.Select(n => n.Series)], _timeline, options);
        return [.. named.Select((n, i) => new ProcessFigure(n.Name, n.Resource, n.Series, results[i]) { Unexplained = Unexplained(n.Name, n.Series) })];
    }

    private GrowthResult? Unexplained(string name, GrowthSeries series)
    {
        var unexplained = name switch
        {
            MetricNames.RssBytes => ManagedMemory.Unexplained(snapshots),
            MetricNames.Threads or Goroutines => BusyThreads(series.Values),
            _ => null,
        };
        return unexplained is null ? null : GrowthJudge.Judge([series with { Values = unexplained }], _timeline, options)[0];
    }

    // Threads without those that the pool of .NET keeps for the next work.
    private double[]? BusyThreads(double[] threads)
    {
        var idle = tables.Goroutines.Where(r => DotNetEdges.IsIdleWorker(tables.Catalog.Frames(r.Key))).Select(r => r.Counts).ToList();
        return idle.Count == 0 ? null : [.. threads.Zip(Sum(idle), (all, waiting) => all - waiting)];
    }

    private static (string Resource, GrowthQuantity Quantity)? Kind(string name) => name switch
    {
        MetricNames.RssBytes => (ResourceNames.ResidentMemory, GrowthQuantity.ResidentBytes),
        MetricNames.Sockets => (ResourceNames.Socket, GrowthQuantity.Descriptors),
        MetricNames.Descriptors => (ResourceNames.Descriptor, GrowthQuantity.Descriptors),
        MetricNames.Threads => (ResourceNames.Thread, GrowthQuantity.Threads),
        MetricNames.DescriptorLimit => null,
        _ when name.StartsWith(MetricNames.DescriptorKindPrefix, StringComparison.Ordinal) => (ResourceNames.Descriptor, GrowthQuantity.Descriptors),
        _ when name.StartsWith(MetricNames.TcpPrefix, StringComparison.Ordinal) => (ResourceNames.Socket, GrowthQuantity.Descriptors),
        _ => null,
    };

    private double? Limit(string resource) => resource switch
    {
        ResourceNames.ResidentMemory => Last(MetricNames.MemoryLimitBytes),
        ResourceNames.Descriptor or ResourceNames.Socket => Last(MetricNames.DescriptorLimit),
        _ => null,
    };

    private double? Last(string name) =>
        snapshots.Select(s => s.Metric(name)).LastOrDefault(double.IsFinite, double.NaN) is var value && value > 0 ? value : null;
}
