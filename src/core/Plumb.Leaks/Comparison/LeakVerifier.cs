using System.Globalization;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Comparison;

/// <summary>
/// Looks for known leaks in a new series. That nothing is found there is not enough: a leak counts as gone when the work of the new series would
/// have made it grow by an amount that could not have been missed, and it did not.
/// </summary>
public static class LeakVerifier
{
    /// <summary>A leak whose growth is surely below this share of what it was is gone.</summary>
    private const double GoneBelow = 0.25;

    /// <summary>When more of the requests fail than then, they may not have come as far as the leak.</summary>
    private const double MostFailed = 0.1;

    private const double OneSidedZ = 1.645;
    private const double SmallestCount = 8;

    /// <summary>Eight samples of Go's heap profile.</summary>
    private const double SmallestBytes = 4 * 1024 * 1024;

    private static readonly (string Resource, string Metric)[] Figures =
    [
        (ResourceNames.Descriptor, MetricNames.Descriptors),
        (ResourceNames.Socket, MetricNames.Sockets),
        (ResourceNames.Thread, MetricNames.Threads),
        (ResourceNames.ResidentMemory, MetricNames.RssBytes),
    ];

    /// <param name="leaks">What the earlier report told of.</param>
    /// <param name="known">Fingerprints of all leaks in that report: what is among them is not new.</param>
    /// <param name="series">The new series.</param>
    /// <param name="diagnosis">What is found in it.</param>
    /// <param name="mainModule">Import path of the program's main module; found from the stacks when null.</param>
    /// <param name="failed">Share of the requests that failed, less the share that failed then; 0 when nobody knows.</param>
    public static Verification Verify(
        IReadOnlyList<EarlierLeak> leaks, IReadOnlySet<string> known, SnapshotSeries series, Diagnosis diagnosis, string? mainModule = null, double failed = 0)
    {
        if (series.Count < 2) throw new ArgumentException("a series needs at least two snapshots", nameof(series));
        var work = ComparedWork.Of(series);
        var sites = ComparedSite.Of(work.Life, new SnapshotSeries([]), ComparisonOptions.Default with { MainModule = mainModule });
        var fingerprints = LeakFingerprint.Of(diagnosis.Findings);
        var verified = leaks.Select(leak => Verify(leak, work, sites, diagnosis, fingerprints, failed)).ToList();
        var fresh = diagnosis.Findings.Zip(fingerprints)
            .Where(f => f.First.Verdict == LeakVerdict.Leak && !known.Contains(f.Second) && !leaks.Any(leak => IsSame(leak, f.First, f.Second)))
            .Select(f => f.First)
            .ToList();
        var (verdict, reason) = Decide(verified, fresh);
        return new Verification { Verdict = verdict, Reason = reason, Leaks = verified, NewLeaks = fresh, Diagnosis = diagnosis };
    }

    private static (VerificationVerdict Verdict, string Reason) Decide(List<VerifiedLeak> leaks, List<Finding> fresh)
    {
        if (leaks.Find(l => l.Verdict == VerificationVerdict.Leaks) is { } still) return (VerificationVerdict.Leaks, $"{still.Leak.Function} still leaks: {still.Reason}");
        var gone = leaks.Count(l => l.Verdict == VerificationVerdict.Gone);
        if (fresh.Count > 0) return (VerificationVerdict.Leaks, $"{(gone == leaks.Count ? "the leak is gone, but " : "")}{fresh[0].Function} leaks now: {fresh[0].Title}");
        if (leaks.Find(l => l.Verdict == VerificationVerdict.Unclear) is { } unclear) return (VerificationVerdict.Unclear, $"{unclear.Leak.Function}: {unclear.Reason}");
        return (VerificationVerdict.Gone, leaks.Count == 1 ? $"{leaks[0].Leak.Function} no longer leaks, and nothing new does" : $"all {leaks.Count} leaks are gone, and nothing new leaks");
    }

    private static VerifiedLeak Verify(
        EarlierLeak leak, ComparedWork work, IReadOnlyList<ComparedSite> sites, Diagnosis diagnosis, IReadOnlyList<string> fingerprints, double failed)
    {
        var perRequest = leak.PerRequest is > 0 && work.Requests is not null;
        var before = perRequest ? leak.PerRequest!.Value : leak.PerSecond;
        var now = Now(leak, work, sites, perRequest);
        var finding = diagnosis.Findings.Zip(fingerprints).Where(f => IsSame(leak, f.First, f.Second)).Select(f => f.First).OrderByDescending(f => f.Verdict).FirstOrDefault();
        var (verdict, reason) = Judge(leak, work, perRequest, before, now, finding, failed);
        return new VerifiedLeak(leak, verdict, reason, perRequest, before, now, finding);
    }

    private static (VerificationVerdict Verdict, string Reason) Judge(
        EarlierLeak leak, ComparedWork work, bool perRequest, double before, Estimate now, Finding? finding, double failed)
    {
        if (finding is { Verdict: LeakVerdict.Leak }) return (VerificationVerdict.Leaks, finding.Title);
        if (leak.PerRequest is > 0 && !perRequest) return (VerificationVerdict.Unclear, "nobody counted the requests this time, and it grew by the request: load it with --load, or serve a counter on /metrics");
        if (failed > MostFailed)
            return (VerificationVerdict.Unclear, string.Create(CultureInfo.InvariantCulture, $"{failed:P0} more of the requests failed than then, and may not have come as far as the leak: see what the load says"));
        var expected = before * work.WholeUnits(perRequest);
        if (!(expected >= (leak.Unit == "bytes" ? SmallestBytes : SmallestCount)))
            return (VerificationVerdict.Unclear, string.Create(CultureInfo.InvariantCulture, $"under so little work it would have gained only {Math.Max(expected, 0):#,0.#}{(leak.Unit == "bytes" ? " bytes" : "")}: verify for longer, or under more load"));
        if (finding is not null) return (VerificationVerdict.Unclear, $"it still rises, though less surely: {finding.Title}");
        if (!now.IsKnown) return (VerificationVerdict.Unclear, "too few snapshots to tell its growth now: verify for longer");
        return now.Value + (OneSidedZ * now.Error) < GoneBelow * before
            ? (VerificationVerdict.Gone, "it does not grow any more")
            : (VerificationVerdict.Unclear, "it is not found, but what is seen is too noisy to exclude it: verify for longer, or under more load");
    }

    // The stacks that the function is on, if it was on those that grew. Otherwise the whole process, which holds the leak wherever it hides:
    // that the function itself is nowhere to be seen says nothing when only its library was.
    private static Estimate Now(EarlierLeak leak, ComparedWork work, IReadOnlyList<ComparedSite> sites, bool perRequest)
    {
        var resource = leak.Resources.Count > 0 ? leak.Resources[0] : "";
        if (leak.IsOnItsStacks && Rate(sites.Where(s => s.Resource == resource && s.Stack.Any(f => IsOf(f, leak.Function))), work, perRequest) is { IsKnown: true } own)
            return own;
        return Array.Find(Figures, f => f.Resource == resource) is { Metric: { } metric }
            ? Steps.Rate(work.Metric(metric), work.Units(perRequest), [])
            : Rate(sites.Where(s => s.Resource == resource), work, perRequest);
    }

    // A closure belongs to the function that it is written in.
    private static bool IsOf(string function, string named) =>
        function.StartsWith(named, StringComparison.Ordinal) && (function.Length == named.Length || function[named.Length] == '.');

    private static Estimate Rate(IEnumerable<ComparedSite> sites, ComparedWork work, bool perRequest)
    {
        double[]? values = null, samples = null;
        foreach (var site in sites)
        {
            values ??= new double[site.Values.Length];
            for (var i = 0; i < values.Length; i++) values[i] += site.Values[i];
            if (site.RawSamples is not { } raw) continue;
            samples ??= new double[values.Length];
            for (var i = 0; i < samples.Length; i++) samples[i] += raw[i];
        }

        return values is null ? Estimate.Unknown : Steps.Rate(values, work.Units(perRequest), samples);
    }

    private static bool IsSame(EarlierLeak leak, Finding finding, string fingerprint) =>
        leak.Fingerprint == fingerprint || (leak.Function == finding.Function && leak.Resources.Intersect(finding.Resources, StringComparer.Ordinal).Any());
}
