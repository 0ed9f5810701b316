namespace Plumb.Leaks.Watching;

/// <summary>Why evidence is captured.</summary>
/// <param name="Id">Names the rule: the same rule, the same id.</param>
/// <param name="Kind">What came true.</param>
/// <param name="Subject">The figure, the resource that runs out, or the function that leaks.</param>
/// <param name="Value">The level; of a leak its growth a second.</param>
/// <param name="Bound">The limit or the threshold; NaN for a leak.</param>
public sealed record AlarmReason(string Id, AlarmKind Kind, string Subject, double Value, double Bound)
{
    /// <summary>Of a forecast, the time until the limit.</summary>
    public TimeSpan? Left { get; init; }
}
