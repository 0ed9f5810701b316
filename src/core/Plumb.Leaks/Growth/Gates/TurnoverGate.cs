namespace Plumb.Leaks.Growth.Gates;

/// <summary>
/// Do the same goroutines stay? A leaked goroutine keeps its id in every later dump; work in progress has new ids each time.
/// </summary>
internal static class TurnoverGate
{
    /// <summary>From this share on, they stay.</summary>
    public const double Stays = 0.7;

    /// <summary>Below this share, they come and go.</summary>
    public const double Leaves = 0.3;

    /// <summary>Null when no two dumps show the stack.</summary>
    public static GateResult? Judge(GateInput input)
    {
        if (input.Series.Survival is not { } survival) return null;
        var (verdict, reason) = survival switch
        {
            >= Stays => (GateVerdict.Pass, "the goroutines of earlier dumps are still there"),
            < Leaves => (GateVerdict.Fail, "the goroutines come and go: work in progress"),
            _ => (GateVerdict.Inconclusive, "only some of the goroutines of earlier dumps are still there"),
        };
        return new GateResult("turnover", verdict, reason, [new("survival", survival)]);
    }

    /// <summary>Whether the members were seen to stay, which no change in traffic explains away.</summary>
    public static bool ProvesRetention(GateInput input, GateResult? result) => input.Series.SurvivalWasSeen && result is { Verdict: GateVerdict.Pass };
}
