using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Plumb.Cli.Leaks.Arguments;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Watch;

/// <summary>Reads when to capture: <c>80%</c>, <c>goroutines=5000</c>, <c>rss=1.5GiB</c>, <c>leak</c>.</summary>
internal static class CaptureAtText
{
    // With a share of the limits, so long before the forecast says that one is reached.
    private static readonly TimeSpan s_within = TimeSpan.FromMinutes(10);

    /// <param name="values">As they were written.</param>
    /// <param name="within">How long before a limit, when that was written; null otherwise.</param>
    /// <param name="rules">What they say together.</param>
    /// <param name="problem">What is wrong with them.</param>
    public static bool TryParse(IReadOnlyList<string> values, TimeSpan? within, [NotNullWhen(true)] out AlarmRules? rules, [NotNullWhen(false)] out string? problem)
    {
        (rules, problem) = (null, null);
        double? share = null;
        bool onLeak = false;
        Dictionary<string, double> levels = new(StringComparer.Ordinal);
        foreach (string value in values)
        {
            int equals = value.IndexOf('=', StringComparison.Ordinal);
            if (value == "leak")
            {
                onLeak = true;
            }
            else if (value.EndsWith('%') && ShareText.TryParse(value, out double part) && part <= 1)
            {
                share = Math.Min(share ?? part, part);
            }
            else if (equals > 0 && WatchFigures.Names.Contains(value[..equals]) && LevelOf(value[..equals], value[(equals + 1)..]) is { } level)
            {
                levels[value[..equals]] = level;
            }
            else
            {
                problem = $"--capture-at '{value}' is none of: 80%, leak, NAME=VALUE with a NAME of {string.Join(", ", WatchFigures.Names)}";
                return false;
            }
        }

        rules = new AlarmRules { LimitShare = share, Levels = levels, OnLeak = onLeak, Within = within ?? (share is null ? null : s_within) };
        return true;
    }

    private static double? LevelOf(string name, string text)
    {
        if (WatchFigures.UnitOf(name) == "bytes")
        {
            return SizeText.TryParse(text, out long bytes) ? bytes : null;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double level) && level > 0 ? level : null;
    }
}
