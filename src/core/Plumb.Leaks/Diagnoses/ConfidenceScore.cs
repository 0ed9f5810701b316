using Plumb.Leaks.Growth;
using Plumb.Leaks.Growth.Gates;
using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Diagnoses;

/// <summary>How sure a finding is: a sum of log-odds over its independent pieces of evidence, bounded where there are few points.</summary>
internal static class ConfidenceScore
{
    private const int FewPoints = 8;
    private const int FewForHeap = 10;
    private const double MostUneven = 0.1;
    private const double MostLeft = 0.1;
    private const double MoreThanAPoolWants = 0.3;
    private const int ManyPoints = 12;
    private const double Connected = 0.8;
    private const double MaybeConnected = 0.7;

    public static double Of(Suspect suspect, LeakPattern? pattern, PatternMatch? match)
    {
        if (suspect.Sites.Exists(s => s.ProvenLeaks > 0)) return 0.99;
        var lead = Lead(suspect);
        if (lead is null) return 0.3;
        var odds = (lead.Verdict == GrowthVerdict.Grows ? 1.5 : -1.0)
            + Strength(lead)
            + 0.8 * (Kinds(suspect) - 1)
            + (match?.Verdict switch { PatternVerdict.Yes => 1.0, PatternVerdict.Unsure => 0.4, _ => 0 })
            + (suspect.Anchor is null ? -0.5 : 0.3)
            + (Retained(lead) ? 1.5 : 0)
            + (lead.Load is { PerRequest: > 0, RateVariation: <= 0.15 } ? 0.5 : 0)
            + (suspect.Sites.Count == 0 ? -1.0 : 0)
            + (suspect.Goroutines.Any() ? 0 : Sampling(suspect));
        return Math.Min(IsOnlyConnected(suspect, match) ? CapOfConnected(suspect) : Cap(lead, suspect, isKnown: pattern is { Specificity: > 1 } && match?.Verdict == PatternVerdict.Yes), 1 / (1 + Math.Exp(-odds)));
    }

    // More clients that stay connected, or work by the clock, are the ordinary reason for goroutines that wait for the network or sleep: until
    // there are many points, and more come up to the last of them.
    private static double CapOfConnected(Suspect suspect) =>
        suspect.Goroutines.All(g => g.Series.Values is { Length: >= ManyPoints } values && values[^1] > values[^2] && values[^2] > values[^3]) ? Connected : MaybeConnected;

    private static bool IsOnlyConnected(Suspect suspect, PatternMatch? match) =>
        match is null && suspect.Goroutines.Any() && suspect.Goroutines.All(g => g.State is WaitState.IoWait or WaitState.Sleep);

    public static GrowthResult? Lead(Suspect suspect) =>
        (suspect.Sites.Select(s => s.Growth).Concat(suspect.Figures.Select(f => f.Growth)))
            .OrderByDescending(g => g.Verdict)
            .ThenBy(g => g.Trend.P)
            .FirstOrDefault();

    private static double Strength(GrowthResult growth)
    {
        var rising = growth.Trend.Pairs == 0 ? 0 : (double)growth.Trend.Score / growth.Trend.Pairs;
        var points = growth.Points >= 12 ? 1.0 : growth.Points >= FewPoints ? 0.5 : 0;
        return points + (rising >= 0.95 ? 0.8 : rising >= 0.8 ? 0.4 : 0);
    }

    // An estimate from a dozen samples is off by a third, whatever its trend; resident memory that rises with it is a witness.
    private static double Sampling(Suspect suspect)
    {
        if (suspect.Heap.MaxBy(s => s.Growth.Growth)?.Series.RawSamples is not { Length: > 0 } samples) return 0;
        var few = Array.FindLast(samples, double.IsFinite) switch { < 16 => -4.0, < 25 => -2.0, < 64 => -0.5, _ => 0 };
        // Where nothing was ever given back the samples are arrivals, and nothing but their number is uncertain.
        if (suspect.Heap.MaxBy(s => s.Growth.Growth)!.Series is { AllocatedSamples: { } ever } && IsKept(samples, ever)) few /= 2;
        return suspect.Figures.Exists(f => f.Resource is ResourceNames.ResidentMemory or ResourceNames.Descriptor or ResourceNames.Socket) ? few / 2 : few * 1.4;
    }

    private static bool IsKept(double[] live, double[] ever)
    {
        var gained = Array.FindLast(live, double.IsFinite) - Array.Find(live, double.IsFinite);
        return gained > 0 && Array.FindLast(ever, double.IsFinite) - Array.Find(ever, double.IsFinite) <= 1.05 * gained;
    }

    private static int Kinds(Suspect suspect) =>
        suspect.Sites.Select(s => s.Resource).Concat(suspect.Figures.Select(f => f.Resource == ResourceNames.Socket ? ResourceNames.Descriptor : f.Resource)).Distinct().Count();

    private static bool Retained(GrowthResult growth) => growth.Gates.Any(g => g is { Gate: "turnover", Verdict: GateVerdict.Pass });

    // Six points in strict order are luck once in 720 times, and a series so short may be a warm-up, unless none who is warm waits so, or
    // more come with the requests than any pool could want, or what is known of the library explains it and it comes at an even pace.
    private static double Cap(GrowthResult lead, Suspect suspect, bool isKnown) => lead.Points switch
    {
        < 6 => 0.7,
        < FewPoints when suspect.Goroutines.Any(IsNoPool) => 0.9,
        < FewPoints => isKnown && IsEven(lead) ? 0.85 : 0.7,
        < ManyPoints when suspect.Goroutines.Any() && suspect.Goroutines.All(g => !g.Series.IsStuck && SomeLeave(g)) => 0.7,
        < FewForHeap when !suspect.Goroutines.Any() && suspect.Heap.Any() => 0.85,
        < ManyPoints => 0.97,
        _ => 0.99,
    };

    // Those that wait to receive may be idle workers: but then as many come as there is work, some of them go, and it does not go on evenly.
    private static bool IsNoPool(Site goroutine)
    {
        if (goroutine.Series.IsStuck) return true;
        if (SomeLeave(goroutine) || !NeverFalls(goroutine.Counts)) return false;
        return goroutine.Growth.Load?.PerRequest >= MoreThanAPoolWants || (Companions.WaitsForOthers(goroutine.State) && IsEven(goroutine.Growth));
    }

    // What was found at several stacks may only have gone from one to the other.
    private static bool SomeLeave(Site goroutine) => goroutine.Keys.Count == 1 && goroutine.Dump is { } dump && dump.LeftSince > MostLeft * dump.SeenBefore;

    private static bool NeverFalls(double[] counts)
    {
        for (var i = 1; i < counts.Length; i++)
        {
            if (counts[i] < counts[i - 1]) return false;
        }

        return true;
    }

    private static bool IsEven(GrowthResult growth) => growth.Noise <= MostUneven * growth.Growth;
}
