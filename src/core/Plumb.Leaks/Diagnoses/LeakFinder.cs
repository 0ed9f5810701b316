using System.Globalization;
using Plumb.Leaks.Growth;
using Plumb.Leaks.Growth.Gates;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Diagnoses;

/// <summary>
/// Judges a series of snapshots: which stacks and figures grow the way leaks do, what belongs together, which line is behind
/// it, and what is known about it. Pure and repeatable.
/// </summary>
public static class LeakFinder
{
    public static Diagnosis Find(SnapshotSeries series, LeakFinderOptions? options = null)
    {
        options ??= LeakFinderOptions.Default;
        if (series.Count == 0) return Nothing("there is no snapshot", []);
        var lives = series.Lives();
        var life = lives.MaxBy(l => l.Duration)!;
        var notes = Notes(series, lives, life);
        var tables = StackTablesBuilder.Build(life.Snapshots, options.MaxStacks, options.MainModule);
        notes.AddRange(tables.Notes);
        var judged = new SiteJudge(life.Snapshots, tables, options.Growth).Judge();
        var builder = new FindingBuilder(judged, new FactsBuilder(tables), new Forecaster(life, judged));
        var findings = Findings(life, tables, judged, builder, options, notes);
        if (ResidentNote(judged, findings) is { } note) notes.Add(note);
        var (verdict, reason) = Verdict(judged, findings, options);
        return new Diagnosis
        {
            Verdict = verdict,
            Reason = reason,
            Findings = findings,
            Process = [.. judged.Figures.Select(builder.Evidence)],
            Forecast = Forecaster.Earliest(findings.Select(f => f.Forecast)),
            Notes = notes,
            Snapshots = life.Count,
            Duration = life.Duration,
            Requests = judged.Timeline.KnowsRequests ? judged.Timeline.Requests[^1] - judged.Timeline.Requests[0] : null,
        };
    }

    private static List<Finding> Findings(SnapshotSeries life, StackTables tables, Judged judged, FindingBuilder builder, LeakFinderOptions options, List<string> notes)
    {
        var suspects = SuspectGrouping.Group(judged, new Attribution(tables));
        var findings = suspects.Select(builder.Build).ToList();
        findings.AddRange(StandingCrowds.Find(judged, life, findings, builder));
        var weak = findings.RemoveAll(f => Math.Max(f.Confidence, f.GrowthConfidence) < options.LeastConfidence);
        if (weak > 0) notes.Add($"{weak} stacks rise, but rest on too few heap samples to be reported; a longer series would tell");
        findings = [.. findings.OrderByDescending(f => f.Verdict).ThenByDescending(f => f.Confidence).ThenByDescending(f => f.Evidence.Count).ThenByDescending(f => f.PerSecond)];
        if (findings.Count <= options.MaxFindings) return findings;
        notes.Add($"{findings.Count - options.MaxFindings} weaker findings are not shown");
        return findings[..options.MaxFindings];
    }

    private static (LeakVerdict Verdict, string Reason) Verdict(Judged judged, List<Finding> findings, LeakFinderOptions options)
    {
        if (findings.Count > 0)
        {
            var first = findings[0];
            return (first.Verdict, $"{first.Title}: {Rate(first)} in {first.Function}");
        }

        var points = judged.Timeline.Count;
        if (points == 1) return OneSnapshot.Verdict(judged);
        if (points < options.Growth.MinPoints)
            return (LeakVerdict.Inconclusive, $"{points} snapshots are too few: at least {options.Growth.MinPoints} are needed to tell growth from chance");
        if (judged.Sites.Count == 0 && judged.Figures.Count == 0)
            return (LeakVerdict.Inconclusive, "no snapshot has anything that can be judged");
        if (MostOpen(judged) is { } open)
            return (LeakVerdict.Inconclusive, $"{(open.OwnFrame ?? open.Frames[0]).Function} rises, but {open.Growth.Reason}{Advice(open.Growth)}");
        return RisesNowhere(judged)
            ? (LeakVerdict.Inconclusive, "the number of goroutines rises, but at no single place")
            : (LeakVerdict.None, "nothing grows that has no ordinary explanation");
    }

    // Where one place has most of it, that place was judged.
    private static bool RisesNowhere(Judged judged) =>
        judged.Figure("goroutines") is { Growth.Verdict: GrowthVerdict.Grows } total
        && (total.Unexplained ?? total.Growth).Verdict == GrowthVerdict.Grows
        && !judged.Sites.Any(s => s.IsGoroutine && s.Gained > 0.5 * total.Growth.Growth);

    // What cannot be decided is said: by the site that gained most, as a share of what it had.
    private static Site? MostOpen(Judged judged) => judged.Sites
        .Where(s => s.Growth.Verdict == GrowthVerdict.Inconclusive && !DotNetEdges.IsIdleWorker(s) && (s.Growth.Points < GrowthOptions.Default.MinPoints || s.Growth.Reason == GrowthJudge.MayBeWarmUp || OpenGate(s.Growth) is not null))
        .OrderByDescending(s => s.IsGoroutine)
        .ThenByDescending(s => s.Growth.Growth)
        .FirstOrDefault();

    private static string? OpenGate(GrowthResult growth) => growth.Gates.FirstOrDefault(g => g.Verdict == GateVerdict.Inconclusive)?.Gate;

    private static string Advice(GrowthResult growth) => OpenGate(growth) switch
    {
        "traffic" => "; measure under a steady load",
        "plateau" or "sampling" => "; watch longer",
        _ => growth.Reason == GrowthJudge.MayBeWarmUp ? "; watch longer" : "",
    };

    private static string Rate(Finding finding)
    {
        var noun = finding.Unit == "bytes" ? "bytes" : finding.Resources[0] + "s";
        if (finding.Standing is { } standing) return string.Create(CultureInfo.InvariantCulture, $"{standing:0} {noun} and no more of late");
        return finding.PerRequest is { } each and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{each:0.##} {noun} a request")
            : string.Create(CultureInfo.InvariantCulture, $"{finding.PerSecond:0.##} {noun} a second");
    }

    // Growth is never hidden: what is ordinary for a process of this size is a note instead of a finding.
    private static string? ResidentNote(Judged judged, List<Finding> findings) =>
        findings.Count == 0 && judged.Figure(MetricNames.RssBytes) is { Growth.IsGrowing: true } resident
            ? string.Create(CultureInfo.InvariantCulture, $"resident memory rises by {resident.Growth.PerSecond.Slope / 1024:0} KiB a second, {Ordinary(judged)}")
            : null;

    private static string Ordinary(Judged judged) => judged switch
    {
        { IsDotNet: false } => "within what Go's collector ordinarily takes for this live heap; a longer series would tell",
        _ when judged.Figure(MetricNames.RssBytes)?.Unexplained is not null => "which the collector's heap and the code that is being compiled explain",
        _ => "within what .NET ordinarily takes for this live heap; a longer series would tell",
    };

    private static List<string> Notes(SnapshotSeries series, IReadOnlyList<SnapshotSeries> lives, SnapshotSeries life)
    {
        var notes = new List<string>();
        if (lives.Count > 1)
            notes.Add($"the process was restarted {lives.Count - 1} time(s) during the series; the longest life, {life.Count} snapshots, was judged");
        if (life.Count > 1 && !life.Snapshots.Any(s => s.Goroutine is not null || s.Goroutines is not null) && life.Snapshots.Any(s => s.Heap is not null))
            notes.Add("the target has no goroutine profile: the live heap and the process's figures alone were judged");
        notes.AddRange(series.Snapshots.SelectMany(s => s.Notes).Distinct().Take(20));
        return notes;
    }

    private static Diagnosis Nothing(string reason, IReadOnlyList<string> notes) => new() { Verdict = LeakVerdict.Inconclusive, Reason = reason, Notes = notes };
}
