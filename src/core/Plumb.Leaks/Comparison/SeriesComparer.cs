using System.Globalization;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Comparison;

/// <summary>
/// Compares two series of one service under the same load: what grows only in the new one or faster, and what costs more. Pure and repeatable.
/// </summary>
public static class SeriesComparer
{
    private const double AlikeLoads = 1.25;

    /// <param name="old">The stable one.</param>
    /// <param name="new">The candidate.</param>
    /// <param name="diagnosisOfOld">What is found in the old one alone.</param>
    /// <param name="diagnosisOfNew">What is found in the new one alone.</param>
    /// <param name="options">How; null for the defaults.</param>
    public static SeriesComparison Compare(
        SnapshotSeries old, SnapshotSeries @new, Diagnosis diagnosisOfOld, Diagnosis diagnosisOfNew, ComparisonOptions? options = null)
    {
        options ??= ComparisonOptions.Default;
        if (old.Count < 2 || @new.Count < 2) throw new ArgumentException("both series need at least two snapshots", old.Count < 2 ? nameof(old) : nameof(@new));
        var (before, after) = (ComparedWork.Of(old), ComparedWork.Of(@new));
        var perRequest = before.Requests is not null && after.Requests is not null;
        var sites = ComparedSite.Of(before.Life, after.Life, options);
        var growth = new GrowthComparer(before, after, perRequest, options).Compare(sites);
        var growing = growth.Where(g => !g.IsProcess && g.Verdict != DifferenceVerdict.Same).Select(g => CostComparer.Key(g.Resource, g.Name, g.Stack)).ToHashSet(StringComparer.Ordinal);
        var comparison = new SeriesComparison
        {
            Verdict = ComparisonVerdict.Same,
            Reason = "",
            Old = Side(before, diagnosisOfOld),
            New = Side(after, diagnosisOfNew),
            IsPerRequest = perRequest,
            Growth = growth,
            Costs = new CostComparer(before, after, perRequest, options).Compare(sites, growing),
            Notes = Notes(old, @new, before, after, perRequest),
        };
        return Decide(Confirmed(WithLeaks(comparison), options), options);
    }

    private static ComparedSide Side(ComparedWork work, Diagnosis diagnosis) => new(work.Life.Count, work.Life.Duration, work.Requests, diagnosis);

    private static SeriesComparison WithLeaks(SeriesComparison comparison)
    {
        var (before, after) = (comparison.Old.Diagnosis.Findings, comparison.New.Diagnosis.Findings);
        return comparison with
        {
            NewLeaks = Leaks(after, unlike: before),
            GoneLeaks = Leaks(before, unlike: after),
            CommonLeaks = [.. after.Where(f => f.Verdict == LeakVerdict.Leak).Except(Leaks(after, unlike: before))],
        };
    }

    private static List<Finding> Leaks(IReadOnlyList<Finding> findings, IReadOnlyList<Finding> unlike)
    {
        var known = LeakFingerprint.Of(unlike).Concat(unlike.Select(Place)).ToHashSet(StringComparer.Ordinal);
        return [.. findings.Zip(LeakFingerprint.Of(findings))
            .Where(f => f.First.Verdict == LeakVerdict.Leak && !known.Contains(f.Second) && !known.Contains(Place(f.First)))
            .Select(f => f.First)];
    }

    // Growth behind a leak of the new one needs to be tested against the old one only; what else did not differ is not shown.
    private static SeriesComparison Confirmed(SeriesComparison comparison, ComparisonOptions options)
    {
        bool IsNew(Difference d) => d is { Verdict: DifferenceVerdict.Same or DifferenceVerdict.Unclear, Change: > 0 } && d.P / 2 < options.LeakAlpha
            && comparison.NewLeaks.Any(leak => IsBehind(d, leak));
        var growth = comparison.Growth.Select(d => IsNew(d) ? d with { Verdict = DifferenceVerdict.OnlyNew } : d);
        return comparison with { Growth = [.. growth.Where(d => d.IsProcess || d.Verdict != DifferenceVerdict.Same).OrderBy(d => d.IsProcess).ThenByDescending(d => d.IsProcess ? 0 : d.Verdict)] };
    }

    private static bool IsBehind(Difference difference, Finding leak) => difference.IsProcess
        ? leak.Resources.Contains(difference.Resource) && leak.Evidence.Any(e => e.Stack.Count == 0)
        : difference.Name == leak.Function || difference.Name == leak.Frame?.Function
            || leak.Evidence.Any(e => e.Resource == difference.Resource && e.Stack.Select(f => f.Function).SequenceEqual(difference.Stack));

    // With less evidence on one side, the same defect may go without its pattern there.
    private static string Place(Finding finding) => $"{finding.Function}\n{(finding.Resources.Count > 0 ? finding.Resources[0] : "")}";

    private static SeriesComparison Decide(SeriesComparison c, ComparisonOptions options)
    {
        if (Math.Min(c.Old.Snapshots, c.New.Snapshots) is var fewest && fewest < options.MinSnapshots)
            return Inconclusive(c, string.Create(CultureInfo.InvariantCulture, $"{fewest} snapshots of one of the two are too few: at least {options.MinSnapshots} are needed"));
        var worse = c.Growth.Where(g => g.Verdict is DifferenceVerdict.OnlyNew or DifferenceVerdict.More && g.Resource != ResourceNames.ResidentMemory).ToList();
        if (c.NewLeaks.FirstOrDefault(leak => worse.Exists(g => IsBehind(g, leak))) is { } leak)
            return Worse(c, $"{leak.Function} leaks in the new one only: {leak.Title}");
        if (worse.Find(g => g.Verdict == DifferenceVerdict.OnlyNew) is { } grows)
            return Worse(c, $"{Named(grows)} grow in the new one only");
        if (worse.Count > 0) return Worse(c, $"{Named(worse[0])} grow faster in the new one");
        if (c.NewLeaks.Count > 0)
            return Inconclusive(c, $"{c.NewLeaks[0].Function} is called a leak in the new one only, but its growth is not surely faster than in the old one");
        if (c.Costs.FirstOrDefault(d => d.IsProcess && d.Verdict == DifferenceVerdict.More) is { } cost)
            return Worse(c, string.Create(CultureInfo.InvariantCulture, $"the new one needs {(cost.New.Value / cost.Old.Value) - 1:0 %} more {cost.Name}{(c.IsPerRequest && cost.Resource is "alloc" or "cpu" ? " a request" : "")}"));
        if (c.Growth.FirstOrDefault(g => g.Verdict == DifferenceVerdict.Unclear) is { } unclear)
            return Inconclusive(c, $"{unclear.Name} rises faster in the new one, but whether it goes on cannot be told yet: compare for longer");
        return c with { Reason = Same(c) };
    }

    private static SeriesComparison Worse(SeriesComparison c, string reason) => c with { Verdict = ComparisonVerdict.Worse, Reason = reason };

    private static SeriesComparison Inconclusive(SeriesComparison c, string reason) => c with { Verdict = ComparisonVerdict.Inconclusive, Reason = reason };

    private static string Same(SeriesComparison c)
    {
        if (c.CommonLeaks.Count > 0) return $"nothing is worse in the new one; both leak in {c.CommonLeaks[0].Function}";
        return c.GoneLeaks.Count > 0 && c.Growth.Any(g => g.Verdict == DifferenceVerdict.Gone)
            ? $"nothing is worse in the new one, and {c.GoneLeaks[0].Function} no longer leaks"
            : "nothing grows in the new one that does not in the old one, and it costs no more";
    }

    private static string Named(Difference difference)
    {
        var what = difference.Resource switch
        {
            ResourceNames.Goroutine => "goroutines",
            ResourceNames.Heap => "live objects",
            ResourceNames.Descriptor => "descriptors",
            ResourceNames.Socket => "sockets",
            _ => "threads",
        };
        return difference.IsProcess ? what : $"{what} of {difference.Name}";
    }

    private static List<string> Notes(SnapshotSeries old, SnapshotSeries @new, ComparedWork before, ComparedWork after, bool perRequest)
    {
        var notes = new List<string>();
        foreach (var (name, series, work) in ((string, SnapshotSeries, ComparedWork)[])[("old", old, before), ("new", @new, after)])
        {
            if (work.Life.Count < series.Count) notes.Add($"the {name} one was restarted; its longest life, {work.Life.Count} snapshots, is compared");
        }

        if (!perRequest) notes.Add("nobody counted the requests of both: rates are by the second, which is fair under the same load only");
        else if (Ratio(before, after) is var ratio && ratio > AlikeLoads)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"one had {ratio:0.0} times the requests a second of the other: what depends on time and not on requests looks smaller there"));
        return notes;
    }

    private static double Ratio(ComparedWork before, ComparedWork after)
    {
        var (a, b) = (before.Requests!.Value / before.Timeline.DurationSeconds, after.Requests!.Value / after.Timeline.DurationSeconds);
        return Math.Max(a, b) / Math.Max(Math.Min(a, b), double.Epsilon);
    }
}
