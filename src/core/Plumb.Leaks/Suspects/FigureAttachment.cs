using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects.Blame;

namespace Plumb.Leaks.Suspects;

/// <summary>
/// Gives growing figures of the process (descriptors, threads, memory) to the defect that explains them. What none explains
/// becomes a suspect of its own: growth is never dropped for want of a stack.
/// </summary>
internal static class FigureAttachment
{
    private const double LargestRatio = 8;
    private const double LeastShareOfRequests = 0.5;
    private const double MostOfTheFigure = 0.8;
    private const double MostPerLiveByte = 3;
    private const double BothEnds = 1.6;
    private const double BaseBytes = 32 * 1024 * 1024;

    // The framework's code, the compiler that runs beside it, and room to allocate in that is as large as the processor's cache.
    private const double BaseBytesOfDotNet = 256 * 1024 * 1024;

    public static void Attach(List<Suspect> suspects, Judged judged, Attribution attribution)
    {
        var stray = new List<ProcessFigure>();
        foreach (var figure in judged.Figures.Where(f => f.Growth.IsGrowing && !IsTotal(f)))
        {
            if (Explains(suspects, figure) is { } suspect) suspect.Figures.Add(figure);
            else stray.Add(figure);
        }

        stray.RemoveAll(f => ComesWithRequests(f, judged) || AreIdleConnections(f, judged) || f is { Resource: ResourceNames.Thread, Unexplained.IsGrowing: false });
        suspects.ForEach(s => BlameWhoConnects(s, attribution));
        foreach (var group in stray.GroupBy(f => Family(f.Resource))) suspects.AddRange(OfFigures([.. group], suspects, judged, attribution));
    }

    // The totals are sums of sites, which are judged one by one.
    private static bool IsTotal(ProcessFigure figure) => figure.Name is "goroutines" or "heap_live_bytes";

    /// <summary>Resident memory that a process of this live heap may have without any leak: the heap it may grow to before it
    /// collects, what it has freed but not yet returned, stacks and code. Where the runtime tells how much that is, the rest is judged.</summary>
    public static bool IsOrdinaryForHeap(ProcessFigure resident, Judged judged)
    {
        if (resident.Unexplained is { } unexplained) return !unexplained.IsGrowing;
        if (judged.Figure("heap_live_bytes") is not { } heap) return false;
        var live = heap.Series.Values.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return resident.Growth.Level < MostPerLiveByte * live + (judged.IsDotNet ? BaseBytesOfDotNet : BaseBytes);
    }

    // Nobody counted the requests, but those at work rose as much: that is traffic, until it is shown to be more. Connections that are left idle
    // are sites of their own.
    private static bool ComesWithRequests(ProcessFigure figure, Judged judged)
    {
        if (judged.Timeline.KnowsRequests || Family(figure.Resource) != ResourceNames.Descriptor) return false;
        var atWork = judged.Sites.Where(s => s.Series.IsWorkOnRequests).Sum(s => s.Gained);
        return atWork >= LeastShareOfRequests * figure.Growth.Growth;
    }

    // Only the server's end is seen to rise, but sockets twice as much: the other end is in this process too, and whoever opened it is to blame.
    private static void BlameWhoConnects(Suspect suspect, Attribution attribution)
    {
        if (suspect.Anchor is not null || suspect.Figures.Find(f => f.Name == MetricNames.Sockets) is not { } sockets || !suspect.Goroutines.Any() || !suspect.Sites.TrueForAll(DotNetEdges.IsServerEnd)) return;
        if (sockets.Growth.Growth < BothEnds * suspect.Goroutines.Max(g => g.Gained) || attribution.Calling(f => OpeningCalls.Opens(f, MetricNames.Sockets)) is not { } anchor) return;
        suspect.Anchor = anchor.Frame;
        suspect.AnchorStack = anchor.Stack;
        suspect.Basis = anchor.Basis;
    }

    // Sockets of connections that wait for their next request: their goroutines were judged, and found not to pile up.
    private static bool AreIdleConnections(ProcessFigure figure, Judged judged)
    {
        if (Family(figure.Resource) != ResourceNames.Descriptor) return false;
        var idle = judged.Sites.Where(s => s.Series.IsIdleConnection && !s.Growth.IsGrowing && s.OwnFrame is null).Sum(s => Math.Max(0, s.Gained));
        return idle >= MostOfTheFigure * figure.Growth.Growth;
    }

    private static string Family(string resource) => resource == ResourceNames.Socket ? ResourceNames.Descriptor : resource;

    private static Suspect? Explains(List<Suspect> suspects, ProcessFigure figure) => Family(figure.Resource) switch
    {
        // Memory follows whatever is kept; goroutines cost at least their stacks.
        ResourceNames.ResidentMemory => suspects.MaxBy(s => s.Heap.Sum(h => h.Growth.Growth) + s.Goroutines.Sum(g => g.Growth.Growth) * 4096),
        _ => suspects
            .Select(s => (Suspect: s, Fit: Fit(s, figure)))
            .Where(s => s.Fit > 0)
            .OrderByDescending(s => s.Fit)
            .Select(s => s.Suspect)
            .FirstOrDefault(),
    };

    private static double Fit(Suspect suspect, ProcessFigure figure)
    {
        var opens = suspect.Sites.Any(s => Opens(s, figure)) ? 1.0 : 0;
        var ratio = suspect.Sites.Max(s => RatioFit(s, figure));
        return opens + ratio;
    }

    // How near the figure is to a small whole multiple of the site's count, 1 at best, 0 when it is none.
    private static double RatioFit(Site site, ProcessFigure figure)
    {
        var (a, b) = (site.Gained, figure.Growth.Growth);
        if (a <= 0 || b <= 0) return 0;
        var ratio = Math.Max(a, b) / Math.Min(a, b);
        if (ratio > LargestRatio) return 0;
        var off = Math.Abs(ratio - Math.Round(ratio)) / Math.Round(ratio);
        var allowed = site.IsGoroutine ? 0.15 : 0.5;
        return off > allowed ? 0 : 1 - off;
    }

    private static bool Opens(Site site, ProcessFigure figure)
    {
        if (figure.Resource == ResourceNames.Thread) return site.Dump?.IsLockedToThread == true || site.State == WaitState.Syscall || DotNetEdges.IsThread(site);
        foreach (var frame in site.Frames)
        {
            if (OpeningCalls.Opens(frame, figure.Name)) return true;
        }

        return site.State == WaitState.IoWait;
    }

    private static IEnumerable<Suspect> OfFigures(List<ProcessFigure> figures, List<Suspect> suspects, Judged judged, Attribution attribution)
    {
        // Memory that lags behind is no finding beside one that explains growth; alone it is, once it is more than the collector
        // may make of the live heap.
        if (figures[0].Resource == ResourceNames.ResidentMemory && (suspects.Count > 0 || IsOrdinaryForHeap(figures[0], judged))) yield break;
        var suspect = new Suspect();
        suspect.Figures.AddRange(figures);
        var kind = figures.Find(f => f.Name != MetricNames.Descriptors) ?? figures[0];
        var anchor = Family(kind.Resource) == ResourceNames.Descriptor
            ? attribution.Calling(f => OpeningCalls.Opens(f, kind.Name))
                ?? attribution.OnlyOneCalling(f => OpeningCalls.Reads(f, kind.Name))
            : null;
        if (judged.IsDotNet && anchor is not null && suspects.Find(s => s.Anchor?.NamedFunction == anchor.Frame.NamedFunction) is { } same)
        {
            same.Figures.AddRange(figures);
            yield break;
        }

        suspect.Anchor = anchor?.Frame;
        suspect.AnchorStack = anchor?.Stack ?? [];
        suspect.Basis = anchor?.Basis ?? Basis.Nothing;
        yield return suspect;
    }
}
