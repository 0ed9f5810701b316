namespace Plumb.Leaks.Stacks.Recompilation;

/// <summary>When a stack gained what it gained: from where it had nothing to where it gains no more.</summary>
internal sealed class StackHistory
{
    /// <summary>Threads that run for a moment and wait again, objects of a call that began before: no gain of a later time.</summary>
    private const double Strays = 0.05;

    private const double LargestRatio = 3;
    private const double Deviations = 2;

    private readonly double[] _arrivals;
    private readonly double _fall;
    private readonly double _rise;

    /// <param name="seen">How many there were at each point, or had ever been; not a number where that is not known.</param>
    /// <param name="level">How many there are.</param>
    public StackHistory(double[] seen, double[] level)
    {
        _arrivals = new double[seen.Length];
        var most = 0.0;
        for (var i = 0; i < seen.Length; i++)
        {
            if (!(seen[i] > most)) continue;
            _arrivals[i] = seen[i] - most;
            most = seen[i];
        }

        Total = most;
        var before = 0.0;
        while (Start < seen.Length - 1 && (before += _arrivals[Start]) <= Strays * most) Start++;
        End = seen.Length - 1;
        var after = 0.0;
        while (End > 0 && (after += _arrivals[End]) <= Strays * most) End--;
        var known = Array.FindAll(level, double.IsFinite);
        if (known.Length == 0) return;
        _fall = known.Max() - known[^1];
        _rise = known.Max() - known[0];
    }

    public double Total { get; }

    /// <summary>The first point at which it gained.</summary>
    public int Start { get; }

    /// <summary>The last one.</summary>
    public int End { get; }

    /// <summary>Whether the later one begins to gain when this one ends, and as fast; or takes what this one loses.</summary>
    public bool PassesTo(StackHistory later, double[] seconds, double fewest)
    {
        if (End > later.Start || Start > later.Start || End >= later.End) return false;
        var (before, duration) = Gain(seconds);
        var (after, durationAfter) = later.Gain(seconds);
        if (before == 0) return Math.Min(_fall, later._rise) >= fewest && Ratio(_fall, later._rise) <= LargestRatio;
        return Math.Min(before, after) >= fewest && AreOneRate(before, duration, after, durationAfter);
    }

    // What was there at the first point came at an unknown rate.
    private (double Number, double Seconds) Gain(double[] seconds)
    {
        var first = Math.Max(1, Start);
        return End < first ? (0, 0) : (Sum(first, End), seconds[End] - seconds[first - 1]);
    }

    // What is sampled comes by chance: few of them say little of the rate.
    private static bool AreOneRate(double before, double duration, double after, double durationAfter)
    {
        if (!(duration > 0) || !(durationAfter > 0)) return false;
        if (Ratio(before / duration, after / durationAfter) <= LargestRatio) return true;
        var share = duration / (duration + durationAfter);
        var expected = (before + after) * share;
        return Math.Abs(before - expected) <= Deviations * Math.Sqrt(expected * (1 - share));
    }

    private static double Ratio(double a, double b) => Math.Max(a, b) / Math.Min(a, b);

    private double Sum(int first, int last)
    {
        var sum = 0.0;
        for (var i = first; i <= last; i++) sum += _arrivals[i];
        return sum;
    }
}
