using Plumb.Leaks.Growth;
using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects;
using Plumb.Leaks.Suspects.Blame;

namespace Plumb.Leaks.Diagnoses;

/// <summary>Turns a suspect into a finding: pattern, line, figures, victims, evidence.</summary>
internal sealed class FindingBuilder(Judged judged, FactsBuilder facts, Forecaster forecaster)
{
    private const double LeakFrom = 0.75;
    private const int PointsUnderUnevenLoad = 11;
    private const double UnevenLoad = 0.15;

    private readonly double[] _seconds = judged.Timeline.Seconds.ToArray();

    public Finding Build(Suspect suspect)
    {
        var known = Explanation(suspect);
        if (known?.Match is { Anchor: { } better, AnchorStack: { } stack })
        {
            suspect.Anchor = better;
            suspect.AnchorStack = stack;
            suspect.Basis = Basis.Pattern;
        }

        var generic = known is null ? GenericCause.Of(suspect) : null;
        var frame = suspect.Anchor ?? suspect.Lead?.Root;
        var basis = suspect.Anchor is not null ? suspect.Basis : frame is not null ? Basis.LibraryAlone : Basis.Nothing;
        var confidence = ConfidenceScore.Of(suspect, known?.Pattern, known?.Match);
        var (resource, growth) = Leading(suspect);
        return new Finding
        {
            Function = frame?.NamedFunction ?? "(unknown)",
            File = string.IsNullOrEmpty(frame?.File) ? null : frame.File,
            Line = frame?.Line ?? 0,
            Frame = frame,
            Pattern = known?.Pattern.Id,
            Title = known?.Pattern.Title ?? generic!.Title,
            Cause = known?.Pattern.Cause ?? generic!.Cause,
            Remedy = known?.Pattern.Remedy ?? generic!.Remedy,
            Reference = known?.Pattern.Reference,
            Resources = Resources(suspect),
            PerSecond = growth?.PerSecond.Slope ?? 0,
            PerRequest = growth?.Load?.PerRequest,
            Unit = Unit(resource),
            // That something leaks and that it is this function: both must be true for the finding to be right.
            Confidence = confidence * Trust.In(basis),
            GrowthConfidence = confidence,
            FoundBy = Trust.Words(basis),
            Verdict = Verdict(suspect, growth, confidence),
            Stack = FromAnchorToLeaf(suspect, frame),
            CreatedBy = suspect.Goroutines.Select(g => g.Creators).FirstOrDefault(c => c.Count > 0) ?? [],
            OtherEnds = OtherEnds(suspect, frame),
            Victims = Victims(suspect, frame, known?.Match),
            Evidence = [.. suspect.Sites.OrderByDescending(s => s.IsGoroutine).ThenByDescending(s => s.Growth.Growth).Select(Evidence), .. suspect.Figures.Select(Evidence)],
            Forecast = forecaster.Of(suspect),
        };
    }

    // How a goroutine waits explains its own part of a defect only, so the leading one is asked.
    private (LeakPattern Pattern, PatternMatch Match)? Explanation(Suspect suspect)
    {
        var all = KnowledgeBase.Best(facts.Of(suspect));
        if (all is not { Pattern.Specificity: 1 } || suspect.Leader is not { IsGoroutine: true } leader || suspect.Goroutines.Count() < 2) return all;
        var alone = new Suspect();
        alone.Sites.Add(leader);
        return KnowledgeBase.Best(facts.Of(alone)) ?? all;
    }

    public EvidenceSeries Evidence(ProcessFigure figure) => new()
    {
        Name = figure.Name,
        Resource = figure.Resource,
        Unit = figure.Series.Quantity is GrowthQuantity.HeapBytes or GrowthQuantity.ResidentBytes ? "bytes" : "count",
        Seconds = _seconds,
        Values = figure.Series.Values,
        Growth = figure.Growth,
    };

    private EvidenceSeries Evidence(Site site) => new()
    {
        Name = site.IsGoroutine
            ? $"goroutines{Waiting(site)} in {site.Frames[0].Function}"
            : $"live heap of {(site.OwnFrame ?? site.Frames[0]).Function}",
        Resource = site.Resource,
        Unit = Unit(site.Resource),
        Seconds = _seconds,
        Values = site.Series.Values,
        Growth = site.Growth,
        Stack = site.Frames,
    };

    private static string Waiting(Site site) => site.State switch
    {
        WaitState.ChanSend => " sending",
        WaitState.ChanReceive => " receiving",
        WaitState.Select or WaitState.SelectForever => " in select",
        WaitState.Mutex => " waiting for a lock",
        WaitState.WaitGroup => " waiting for a WaitGroup",
        WaitState.Cond => " waiting for a condition",
        WaitState.IoWait => " waiting for the network",
        WaitState.Sleep => " asleep",
        _ => "",
    };

    private static LeakVerdict Verdict(Suspect suspect, GrowthResult? lead, double confidence)
    {
        if (suspect.Sites.Exists(s => s.ProvenLeaks > 0)) return LeakVerdict.Leak;
        if (MayBeTraffic(suspect, lead)) return LeakVerdict.Suspicious;
        // A figure of the process without a stack, above all resident memory, has too many ordinary reasons.
        var certain = lead?.Verdict == GrowthVerdict.Grows && confidence >= LeakFrom && (suspect.Sites.Count > 0 || suspect.Anchor is not null || IsDescriptor(suspect));
        return certain ? LeakVerdict.Leak : LeakVerdict.Suspicious;
    }

    // Estimated heap in few points under uneven load, or goroutines that sleep while nobody counts requests and no dump shows whether
    // they stay: more work would look the same.
    private static bool MayBeTraffic(Suspect suspect, GrowthResult? lead)
    {
        if (IsDescriptor(suspect)) return false;
        if (!suspect.Goroutines.Any()) return lead is { Points: < PointsUnderUnevenLoad, Load.RateVariation: > UnevenLoad };
        return suspect.Goroutines.All(g => g.State == WaitState.Sleep && g.Series.Survival is null && lead?.Load?.PerRequest is null);
    }

    private static bool IsDescriptor(Suspect suspect) => suspect.Figures.Exists(f => f.Resource is ResourceNames.Descriptor or ResourceNames.Socket);

    private static (string Resource, GrowthResult? Growth) Leading(Suspect suspect) =>
        suspect.Lead is { } lead
            ? (lead.Resource, lead.Growth)
            : suspect.Figures.Count > 0 ? (suspect.Figures[0].Resource, suspect.Figures[0].Growth) : (ResourceNames.Heap, null);

    private static List<string> Resources(Suspect suspect)
    {
        var resources = suspect.Goroutines.Select(s => s.Resource)
            .Concat(suspect.Sites.Count == 0 ? suspect.Figures.Select(f => f.Resource) : [])
            .Concat(suspect.Heap.Select(s => s.Resource))
            .Concat(suspect.Figures.Select(f => f.Resource == ResourceNames.Socket ? ResourceNames.Descriptor : f.Resource));
        return [.. resources.Select(r => r == ResourceNames.Socket ? ResourceNames.Descriptor : r).Distinct()];
    }

    private static string Unit(string resource) => resource is ResourceNames.Heap or ResourceNames.ResidentMemory ? "bytes" : "count";

    private static List<Frame> FromAnchorToLeaf(Suspect suspect, Frame? anchor)
    {
        var stack = suspect.AnchorStack.Count > 0 ? suspect.AnchorStack : suspect.Lead?.Frames ?? [];
        var at = anchor is null ? -1 : stack.ToList().IndexOf(anchor);
        return [.. stack.Take(at < 0 ? stack.Count : at + 1).Reverse()];
    }

    private static List<Frame> OtherEnds(Suspect suspect, Frame? anchor) =>
    [
        .. suspect.Goroutines
            .Where(s => Companions.WaitsForOthers(s.State))
            .SelectMany(s => (Frame?[])[s.OwnFrame, s.CreatorFrame])
            .OfType<Frame>()
            .Where(f => f.NamedFunction != "main.main")
            .Where(f => f.NamedFunction != anchor?.NamedFunction)
            .DistinctBy(f => f.NamedFunction),
    ];

    private static List<Victim> Victims(Suspect suspect, Frame? anchor, PatternMatch? match)
    {
        var victims = new List<Victim>();
        foreach (var site in suspect.Goroutines)
        {
            var frame = site.OwnFrame;
            if (match?.VictimReason is { } reason && frame is not null)
                victims.Add(new Victim(frame.NamedFunction, frame, reason, site.Growth.PerSecond.Slope));
            else if (frame is null && site.Frames[0].Owner == FrameOwner.Standard && site.Root.Is("net/http", "(*conn).serve") && anchor is not null && suspect.Leader != site)
                victims.Add(new Victim(site.Root.Function, null, "the server's side of connections that the finding keeps open", site.Growth.PerSecond.Slope));
        }

        return victims;
    }
}
