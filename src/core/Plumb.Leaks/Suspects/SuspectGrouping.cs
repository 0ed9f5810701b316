using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects.Blame;

namespace Plumb.Leaks.Suspects;

/// <summary>Groups what grows into defects: first by the code that is on the stacks, then by numbers that move together.</summary>
internal sealed class SuspectGrouping
{
    private readonly Judged _judged;
    private readonly Attribution _attribution;
    private readonly List<Site> _sites;
    private readonly Anchor?[] _anchors;
    private readonly int[] _parents;

    private SuspectGrouping(Judged judged, Attribution attribution)
    {
        _judged = judged;
        _attribution = attribution;
        _sites = [.. judged.Sites.Where(s => (s.Growth.IsGrowing || s.ProvenLeaks > 0) && !DotNetEdges.IsIdleWorker(s))];
        _anchors = [.. _sites.Select(attribution.Find)];
        _parents = [.. Enumerable.Range(0, _sites.Count)];
    }

    public static List<Suspect> Group(Judged judged, Attribution attribution) => new SuspectGrouping(judged, attribution).Group();

    private List<Suspect> Group()
    {
        UniteWhere(SameCode);
        UniteWhere((a, b) => Companions.AreTwoEnds(_sites[a], _sites[b]) || Companions.QueueForLocks(_sites[a], _sites[b]) || Companions.ShareStarter(_sites[a], _sites[b]));
        UniteWhere(HeldByGoroutine);
        UniteStrays();
        UniteServerEnds();
        var suspects = Suspects();
        FigureAttachment.Attach(suspects, _judged, _attribution);
        return suspects;
    }

    private void UniteWhere(Func<int, int, bool> belong)
    {
        for (var a = 0; a < _sites.Count; a++)
        {
            for (var b = a + 1; b < _sites.Count; b++)
            {
                if (Find(a) != Find(b) && belong(a, b)) Unite(a, b);
            }
        }
    }

    private bool SameCode(int a, int b)
    {
        if (DotNetEdges.IsServerEnd(_sites[a]) || DotNetEdges.IsServerEnd(_sites[b])) return DotNetEdges.IsServerEnd(_sites[a]) && DotNetEdges.IsServerEnd(_sites[b]);
        if (_anchors[a]?.Strength == Attribution.StartedTheServer || _anchors[b]?.Strength == Attribution.StartedTheServer) return _sites[a].Root.Function == _sites[b].Root.Function;
        if (_anchors[a] is { } x && _anchors[b] is { } y)
            return x.Frame.Function == y.Frame.Function || Starts(_sites[a], y.Frame) || Starts(_sites[b], x.Frame);
        return ShareLibraryCode(_sites[a], _sites[b]);
    }

    // The goroutine was started by the other's function. main.main starts everything, so that says nothing.
    private static bool Starts(Site goroutine, Frame frame) =>
        goroutine.CreatorFrame is { } creator && creator.NamedFunction == frame.NamedFunction && !frame.IsEntryPoint;

    private static bool ShareLibraryCode(Site a, Site b)
    {
        if (a.Root.Function == b.Root.Function && !IsEntryOfEverything(a.Root)) return true;
        if (a.IsGoroutine && b.IsGoroutine) return SameLibrary(a, b) && Companions.MoveTogether(a, b);
        var (goroutine, heap) = a.IsGoroutine ? (a, b) : (b, a);
        if (!goroutine.IsGoroutine || heap.IsGoroutine) return SameLibrary(a, b);
        return heap.Frames.Any(f => LibraryEdges.Strength(goroutine, f, isDirect: false) >= 3 || f.Function == goroutine.Root.Function);
    }

    private static bool SameLibrary(Site a, Site b) =>
        a.OwnFrame is null && b.OwnFrame is null && LibraryEdges.ModulePath(a.Root.Package) == LibraryEdges.ModulePath(b.Root.Package);

    private static bool IsEntryOfEverything(Frame root) => root.Function is "net/http.(*conn).serve" or "main.main" or "testing.tRunner";

    // What a stuck goroutine holds was allocated wherever the request was made: the same count, and functions in common.
    private bool HeldByGoroutine(int a, int b)
    {
        var (x, y) = (_sites[a], _sites[b]);
        if (x.IsGoroutine == y.IsGoroutine) return false;
        var (goroutine, heap) = x.IsGoroutine ? (x, y) : (y, x);
        return SharesOwnFunction(goroutine, heap) || Companions.MoveTogether(goroutine, heap);
    }

    private static bool SharesOwnFunction(Site goroutine, Site heap)
    {
        foreach (var frame in heap.Frames)
        {
            if (!frame.IsApplication || frame.IsEntryPoint) continue;
            var name = frame.NamedFunction;
            if (goroutine.OwnFrame?.NamedFunction == name || goroutine.CreatorFrame?.NamedFunction == name) return true;
            if (Array.Exists(goroutine.Frames, f => f.IsApplication && f.NamedFunction == name)) return true;
        }

        return false;
    }

    // A library's own stack that no code ties to the application goes to the defect it keeps step with, if there is just one.
    private void UniteStrays()
    {
        for (var stray = 0; stray < _sites.Count; stray++)
        {
            if (_anchors[stray] is { Strength: > Attribution.StartedTheServer }) continue;
            var partners = Enumerable.Range(0, _sites.Count)
                .Where(i => i != stray && _anchors[i] is { Strength: > Attribution.StartedTheServer } && Companions.MoveTogether(_sites[stray], _sites[i]))
                .DistinctBy(Find)
                .ToList();
            if (partners.Count == 1) Unite(partners[0], stray);
        }
    }

    // Where the process connects to itself, the end that was accepted lasts as long as the one that was opened. And what the server makes
    // for a request is kept by whoever keeps something of the request.
    private void UniteServerEnds()
    {
        var end = _sites.FindIndex(DotNetEdges.IsServerEnd);
        if (end < 0) return;
        var others = Enumerable.Range(0, _sites.Count).Where(i => Find(i) != Find(end) && _anchors[i] is not null).DistinctBy(Find).ToList();
        var openers = Enumerable.Range(0, _sites.Count).Where(i => Find(i) != Find(end) && DotNetEdges.IsClientEnd(_sites[i])).DistinctBy(Find).ToList();
        if (openers.Count == 1) Unite(openers[0], end);
        else if (others.Count == 1 && !_sites.Exists(s => s.IsGoroutine && DotNetEdges.IsServerEnd(s))) Unite(others[0], end);
    }

    private List<Suspect> Suspects()
    {
        var byRoot = new Dictionary<int, Suspect>();
        var anchors = new Dictionary<int, List<(Site Site, Anchor Anchor)>>();
        for (var i = 0; i < _sites.Count; i++)
        {
            var root = Find(i);
            byRoot.TryAdd(root, new Suspect());
            anchors.TryAdd(root, []);
            byRoot[root].Sites.Add(_sites[i]);
            if (_anchors[i] is { } anchor) anchors[root].Add((_sites[i], anchor));
        }

        foreach (var (root, suspect) in byRoot) Choose(suspect, anchors[root]);
        return [.. byRoot.Values];
    }

    // Goroutines know their line exactly; heap knows who allocated, which is not always who keeps. So goroutines lead.
    private void Choose(Suspect suspect, List<(Site Site, Anchor Anchor)> anchors)
    {
        if (anchors.Count == 0) return;
        var (site, best) = anchors
            .OrderByDescending(a => a.Site.IsGoroutine && a.Anchor.Strength >= 3)
            .ThenBy(a => IsHeldUp(a.Site, suspect))
            .ThenByDescending(a => a.Site.IsGoroutine ? a.Anchor.Strength : 0)
            .ThenByDescending(a => a.Site.Growth.Growth)
            .First();
        suspect.Leader = site;
        suspect.Anchor = best.Frame;
        suspect.AnchorStack = best.Stack;
        suspect.Basis = best.Basis;
    }

    private bool IsHeldUp(Site site, Suspect suspect) =>
        HeldUp.ByThoseItStarted(site, suspect) || HeldUp.ByItsGroup(site, suspect) || HeldUp.ByItsClient(site, suspect) || HeldUp.ByTheDialler(site, suspect, _attribution.Connections);

    private int Find(int i)
    {
        while (_parents[i] != i) i = _parents[i] = _parents[_parents[i]];
        return i;
    }

    private void Unite(int a, int b) => _parents[Find(b)] = Find(a);
}
