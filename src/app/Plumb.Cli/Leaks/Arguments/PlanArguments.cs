using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Plumb.Collectors.Recording;

namespace Plumb.Cli.Leaks.Arguments;

/// <summary>Makes a plan of what --for, --every and --snapshots say together.</summary>
internal static class PlanArguments
{
    // So many intervals at most, unless --every or --snapshots asks for more: 10 minutes at the default interval. A longer watch needs
    // no more snapshots, and each of them is kept in memory and stops the service for a moment.
    private const int DefaultIntervals = 120;

    // A verdict wants a dozen intervals, so a short watch takes its snapshots closer together, down to one a second.
    private const int WantedIntervals = 12;

    private static readonly TimeSpan s_defaultFor = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_defaultEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_closest = TimeSpan.FromSeconds(1);

    public static bool TryMake(
        TimeSpan? time,
        TimeSpan? every,
        int? snapshots,
        [NotNullWhen(true)] out RecordingPlan? plan,
        [NotNullWhen(false)] out string? problem)
    {
        (TimeSpan interval, double count) = Shape(time, every, snapshots);
        problem = (interval, count) switch
        {
            _ when time is not null && every is not null && snapshots is not null => "--for, --every and --snapshots: two of them decide the third",
            _ when interval < RecordingPlan.MinEvery => "snapshots must be at least 100ms apart: they stop the service for a moment",
            (_, < 2) => "a series needs at least 2 snapshots: a longer --for, or a shorter --every",
            (_, > RecordingPlan.MaxSnapshots) => string.Create(
                CultureInfo.InvariantCulture, $"a series has at most {RecordingPlan.MaxSnapshots} snapshots: a longer --every"),
            _ => null,
        };
        plan = problem is null ? new RecordingPlan(interval, (int)count) : null;
        return problem is null;
    }

    private static (TimeSpan Every, double Snapshots) Shape(TimeSpan? time, TimeSpan? every, int? snapshots) => (time, every, snapshots) switch
    {
        (_, _, { } count) when every is not null || time is null => (every ?? s_defaultEvery, count),
        ({ } whole, _, { } count) => (whole / Math.Max(1, count - 1), count),
        (_, { } interval, null) => (interval, CountIn(time ?? s_defaultFor, interval)),
        _ => Spread(time ?? s_defaultFor),
    };

    private static (TimeSpan Every, double Snapshots) Spread(TimeSpan whole)
    {
        if (whole >= WantedIntervals * s_closest && whole < WantedIntervals * s_defaultEvery)
            return (whole / WantedIntervals, WantedIntervals + 1);
        TimeSpan every = whole > DefaultIntervals * s_defaultEvery ? whole / DefaultIntervals
            : whole < WantedIntervals * s_closest ? s_closest
            : s_defaultEvery;
        return (every, CountIn(whole, every));
    }

    private static double CountIn(TimeSpan whole, TimeSpan every) => every > TimeSpan.Zero ? Math.Floor(whole / every) + 1 : 0;
}
