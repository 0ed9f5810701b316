using Plumb.Leaks.Growth;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects;

/// <summary>Whether two growing sites are two sides of one defect.</summary>
internal static class Companions
{
    private const double LargestRatio = 4.5;
    private const double CountTolerance = 0.05;
    private const double MostTolerance = 0.3;
    private const double StepTolerance = 0.15;
    private const double SameStepsShare = 0.1;

    /// <summary>One counts a small whole multiple of the other, within what sampling lets be known, step for step.</summary>
    public static bool MoveTogether(Site a, Site b)
    {
        if (a.Gained <= 0 || b.Gained <= 0) return false;
        var ratio = Math.Max(a.Gained, b.Gained) / Math.Min(a.Gained, b.Gained);
        if (ratio > LargestRatio) return false;
        var tolerance = CountTolerance + SamplingError(a) + SamplingError(b);
        var nearest = Math.Max(1, Math.Round(ratio));
        return Math.Abs(ratio - nearest) <= Math.Min(MostTolerance, tolerance) * nearest
            && RobustStatistics.Correlation(Known(a, b), Known(b, a)) >= 0.9
            && KeepStep(a, b);
    }

    /// <summary>Two crowds before locks. Whoever holds a lock for ever stops everyone who wants it, each at the rate of its own
    /// requests, so they need not grow alike: only at the same time.</summary>
    public static bool QueueForLocks(Site a, Site b) =>
        a.State == WaitState.Mutex && b.State == WaitState.Mutex && RobustStatistics.Correlation(Known(a, b), Known(b, a)) >= 0.95;

    /// <summary>Two crowds started by one function, at the same times: what they wait for is each other, in whatever proportion.</summary>
    public static bool ShareStarter(Site a, Site b) =>
        a.IsGoroutine && b.IsGoroutine
        && ((MayWaitForOthers(a) && MayWaitForOthers(b)) || (a.State == WaitState.IoWait && b.State == WaitState.IoWait))
        && RobustStatistics.Correlation(Known(a, b), Known(b, a)) >= 0.9
        && (SameFunction(a.CreatorFrame, b.CreatorFrame) || SameFunction(a.CreatorFrame, b.OwnFrame) || SameFunction(b.CreatorFrame, a.OwnFrame)
            || SameFunction(a.CreatorFrame, b.CreatorFrame is null ? b.Root : null) || SameFunction(b.CreatorFrame, a.CreatorFrame is null ? a.Root : null)
            || (a.OwnFrame?.Package == b.OwnFrame?.Package && a.OwnFrame is not null && MoveTogether(a, b)));

    // main.main starts everything, so that it started both says nothing.
    private static bool SameFunction(Frame? a, Frame? b) =>
        a is not null && b is not null && a.NamedFunction == b.NamedFunction && a.NamedFunction != "main.main";

    // Step for step the one gains the same multiple of what the other gains, as far as both are known.
    private static bool KeepStep(Site a, Site b)
    {
        double[] left = Known(a, b), right = Known(b, a);
        var ratio = a.Gained / b.Gained;
        var (perSampleLeft, perSampleRight) = (ObjectsPerSample(a), ObjectsPerSample(b));
        var strays = 0;
        for (var i = 1; i < left.Length; i++)
        {
            var (x, y) = (left[i] - left[i - 1], ratio * (right[i] - right[i - 1]));
            var noise = perSampleLeft * Math.Sqrt(1 + Math.Abs(x) / Math.Max(1, perSampleLeft)) + ratio * perSampleRight * Math.Sqrt(1 + Math.Abs(y) / Math.Max(1, perSampleRight));
            if (Math.Abs(x - y) > 3 * noise + StepTolerance * Math.Max(Math.Abs(x), Math.Abs(y)) + 2) strays++;
        }

        return strays <= left.Length / 8;
    }

    // How many objects one heap sample stands for; 0 for what is counted.
    private static double ObjectsPerSample(Site site) =>
        site.Series.RawSamples is { Length: > 0 } raw && raw[^1] > 0 && site.Counts[^1] > raw[^1] * 1.01 ? site.Counts[^1] / raw[^1] : 0;

    /// <summary>Two crowds that wait for each other: as many more of one as of the other at every step.</summary>
    public static bool AreTwoEnds(Site a, Site b)
    {
        if (!a.IsGoroutine || !b.IsGoroutine || !MayWaitForOthers(a) || !MayWaitForOthers(b)) return false;
        double[] left = Known(a, b), right = Known(b, a);
        var largest = Math.Max(a.Gained, b.Gained);
        for (var i = 1; i < left.Length; i++)
        {
            if (Math.Abs(left[i] - left[i - 1] - (right[i] - right[i - 1])) > Math.Max(1, SameStepsShare * largest)) return false;
        }

        return left.Length >= 3 && Math.Abs(a.Gained - b.Gained) <= Math.Max(1, SameStepsShare * largest);
    }

    // The text form of a goroutine profile leaves out the runtime's frames, which say what is waited for.
    private static bool MayWaitForOthers(Site site) =>
        WaitsForOthers(site.State) || site.State == WaitState.SelectForever || (site.State == WaitState.Unknown && site.Dump is null && site.Frames[0].IsApplication);

    public static bool WaitsForOthers(WaitState state) =>
        state is WaitState.ChanReceive or WaitState.ChanSend or WaitState.Select or WaitState.Mutex or WaitState.Cond or WaitState.WaitGroup or WaitState.Semaphore or WaitState.Await;

    private static double SamplingError(Site site) =>
        ObjectsPerSample(site) > 0 ? 2 / Math.Sqrt(site.Series.RawSamples![^1]) : 0;

    private static double[] Known(Site of, Site other)
    {
        var known = new List<double>();
        for (var i = 0; i < of.Counts.Length; i++)
        {
            if (double.IsFinite(of.Counts[i]) && double.IsFinite(other.Counts[i])) known.Add(of.Counts[i]);
        }

        return [.. known];
    }
}
