using Plumb.Leaks.Growth.Gates;

namespace Plumb.Leaks.Growth;

/// <summary>
/// Resident memory, as a witness for live heap that is only estimated. It is known exactly, and what is filled no longer makes it rise:
/// while it goes on as before, so does whatever grows most.
/// </summary>
internal static class ResidentWitness
{
    private const double TailShare = 0.4;
    private const double GoesOn = 0.5;
    private const double AsBefore = 0.65;
    private const int FewestPoints = 8;
    private const int FewestInTail = 4;

    /// <summary>Whether it rises towards the end at least half as fast as over the whole, and as the estimate says.</summary>
    public static bool StillRises(GateInput input) => Rises(input, GoesOn);

    /// <summary>Whether it shows no sign of rising more slowly towards the end.</summary>
    public static bool RisesAsBefore(GateInput input) => Rises(input, AsBefore);

    private static bool Rises(GateInput input, double share)
    {
        if (input.RawSamples is null || input.Enclosing is not { Length: >= FewestPoints } resident || Array.Exists(resident, v => !double.IsFinite(v))) return false;
        var tail = Math.Max(FewestInTail, (int)(resident.Length * TailShare));
        var all = TheilSen.Fit(input.Timeline.Seconds, resident).Slope;
        var late = TheilSen.Fit(input.Timeline.Seconds[^tail..], resident.AsSpan()[^tail..]).Slope;
        return all > 0 && late >= share * all && late >= GoesOn * input.Line.Slope;
    }
}
