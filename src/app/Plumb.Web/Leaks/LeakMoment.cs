using System.Collections.Immutable;

namespace Plumb.Web.Leaks;

/// <summary>A snapshot whose profiles can be opened.</summary>
/// <param name="Number">Its place in the series.</param>
/// <param name="Seconds">Since the first snapshot.</param>
/// <param name="Kinds">The profiles it has: heap, goroutine.</param>
public sealed record LeakMoment(int Number, double Seconds, ImmutableArray<string> Kinds)
{
    private const int MaxOffered = 200;

    /// <summary>As many as a person can choose from: evenly spread, the first and the last among them.</summary>
    internal static ImmutableArray<LeakMoment> Thin(IReadOnlyList<LeakMoment> moments)
    {
        if (moments.Count <= MaxOffered)
            return [.. moments];

        double step = (moments.Count - 1) / (double)(MaxOffered - 1);
        return [.. Enumerable.Range(0, MaxOffered).Select(i => moments[(int)Math.Round(i * step)])];
    }
}
