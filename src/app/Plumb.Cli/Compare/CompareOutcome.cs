using Plumb.Collectors.Loading;
using Plumb.Leaks.Comparison;

namespace Plumb.Cli.Compare;

/// <summary>A finished comparison.</summary>
/// <param name="Old">The stable one, as the user knows it.</param>
/// <param name="New">The candidate.</param>
internal sealed record CompareOutcome(string Old, string New, SeriesComparison Comparison)
{
    public LoadReport? LoadOfOld { get; init; }

    public LoadReport? LoadOfNew { get; init; }
}
