using System.Collections.Immutable;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Leaks.Sources;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;
using Plumb.Profiles;
using Plumb.Web.Leaks;

namespace Plumb.Cli.Leaks.Web;

/// <summary>Puts a diagnosis into what the page shows, in the words of the other reports.</summary>
/// <remarks>Names and texts are cut to a length that a page bears; they are not escaped: the page shows them as text.</remarks>
internal sealed class LeakReportBuilder
{
    private const int MaxSuspects = 20;
    private const int MaxEvidence = 8;
    private const int MaxProcess = 24;
    private const int MaxStack = 40;
    private const int MaxVictims = 10;
    private const int MaxNotes = 50;
    private const int NameWidth = 200;
    private const int MaxPoints = 480;

    private readonly SourceFolders _sources;

    public LeakReportBuilder(SourceFolders sources) => _sources = sources;

    public LeakReport Build(LeaksOutcome outcome)
    {
        Diagnosis diagnosis = outcome.Diagnosis;
        Snapshot? last = outcome.Series is { Count: > 0 } series ? series[^1] : null;
        ImmutableArray<EvidenceSeries> process = [.. diagnosis.Process.Where(one => one.Growth.IsGrowing || !SeriesNames.IsBreakdown(one.Name))];
        return new LeakReport
        {
            Verdict = NameOf(diagnosis.Verdict),
            Word = Phrases.Verdict(diagnosis.Verdict),
            Reason = diagnosis.Reason,
            Span = SpanOf(outcome),
            Forecast = diagnosis.Forecast is { } forecast ? ForecastOf(forecast) : null,
            Suspects = [.. diagnosis.Findings.Take(MaxSuspects).Select(finding => SuspectOf(finding, last))],
            MoreSuspects = Math.Max(0, diagnosis.Findings.Count - MaxSuspects),
            Process = CurvesOf(process, MaxProcess),
            Notes = [.. diagnosis.Notes.Take(MaxNotes)],
        };
    }

    private SuspectView SuspectOf(Finding finding, Snapshot? last)
    {
        SourceExcerpt? excerpt = finding.Frame is { } frame ? _sources.Find(frame) : null;
        (string? kind, string? pattern) = ProfileOf(finding, last);
        return new SuspectView
        {
            Title = finding.Title,
            Function = Ellipsis.Middle(finding.Function, NameWidth),
            Place = Phrases.Place(Phrases.ShortPath(finding.File ?? ""), finding.Line),
            Verdict = NameOf(finding.Verdict),
            Growth = Phrases.Growth(finding),
            Certainty = Phrases.Certainty(finding),
            Confidence = finding.Confidence,
            Resources = [.. finding.Resources],
            Pattern = finding.Pattern,
            Cause = finding.Cause,
            Remedy = finding.Remedy,
            Reference = finding.Reference,
            Forecast = finding.Forecast is { } forecast ? Phrases.Forecast(forecast) : null,
            Stack = FramesOf(finding.Stack, finding.Frame),
            CreatedBy = FramesOf(finding.CreatedBy, null),
            OtherEnds = FramesOf(finding.OtherEnds, null),
            Victims = [.. finding.Victims.Take(MaxVictims).Select(victim => $"{Ellipsis.Middle(victim.Function, NameWidth)} {victim.Reason}, {Quantity.Rate(victim.PerSecond, "count")}")],
            Excerpt = excerpt is null ? null : ExcerptOf(excerpt),
            Evidence = CurvesOf([.. finding.Evidence], MaxEvidence),
            MoreEvidence = Math.Max(0, finding.Evidence.Count - MaxEvidence),
            ProfileKind = kind,
            ProfilePattern = pattern,
        };
    }

    // Of goroutines their own profile tells more, of everything else the heap does; but one that names the function is better than one that
    // does not: what a library's goroutine was started for is no longer on its stack.
    private static (string? Kind, string? Pattern) ProfileOf(Finding finding, Snapshot? last)
    {
        List<(string Kind, Profile Profile)> profiles = [];
        if (last?.Heap is { } heap)
        {
            profiles.Add((SeriesProfiles.Heap, heap));
        }

        if (last?.Goroutine is { } goroutine)
        {
            profiles.Insert(finding.Resources is ["goroutine", ..] ? 0 : profiles.Count, (SeriesProfiles.Goroutine, goroutine));
        }

        foreach ((string kind, Profile profile) in profiles)
        {
            if (FunctionPattern.For(finding.Function, profile) is { } pattern)
            {
                return (kind, pattern);
            }
        }

        return (profiles.Count > 0 ? profiles[0].Kind : null, null);
    }

    private static string SpanOf(LeaksOutcome outcome)
    {
        string span = Phrases.Span(outcome.Diagnosis);
        return outcome.StartedAt is { } at
            ? $"{span} · {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture)}"
            : span;
    }

    private static LeakForecast? ForecastOf(Forecast forecast)
    {
        double[] needed = [forecast.Limit, forecast.Current, forecast.PerSecond];
        return !Array.TrueForAll(needed, double.IsFinite) ? null : new LeakForecast(
            Phrases.Forecast(forecast),
            forecast.Resource is "heap" or "rss" ? "bytes" : "count",
            forecast.LimitName,
            forecast.Limit,
            forecast.Current,
            forecast.PerSecond,
            forecast.TimeToLimit.TotalSeconds,
            forecast.Earliest.TotalSeconds,
            forecast.Latest?.TotalSeconds);
    }

    private static ImmutableArray<FrameView> FramesOf(IReadOnlyList<Frame> frames, Frame? marked) =>
    [
        .. frames.Take(MaxStack).Select(frame => new FrameView(
            Ellipsis.Middle(frame.Function, NameWidth),
            Phrases.Place(Phrases.ShortPath(frame.File), frame.Line),
            frame.Owner switch { FrameOwner.Application => "app", FrameOwner.ThirdParty => "lib", _ => "std" },
            marked is not null && frame == marked)),
    ];

    private static ExcerptView ExcerptOf(SourceExcerpt excerpt) =>
        new(excerpt.Path, [.. ExcerptLine.Of(excerpt).Select(line => new ExcerptLineView(line.Number, line.Text, line.Matters))]);

    private static ImmutableArray<CurveView> CurvesOf(ImmutableArray<EvidenceSeries> series, int most)
    {
        ImmutableArray<EvidenceSeries> shown = [.. series.Take(most)];
        IReadOnlyList<string> names = SeriesNames.Of(shown, NameWidth);
        return [.. shown.Select((one, i) => CurveOf(one, names[i]))];
    }

    private static CurveView CurveOf(EvidenceSeries series, string name)
    {
        List<(double Seconds, double Value)> points = Thinned(series);
        double end = points.Count > 0 ? points[^1].Seconds : 0;
        double start = Math.Clamp(series.Growth.StartSeconds, 0, end);
        return new CurveView(name, series.Unit, [.. points.Select(point => point.Seconds)], [.. points.Select(point => double.IsFinite(point.Value) ? point.Value : (double?)null)])
        {
            Levels = Phrases.Levels(series),
            Tendency = Phrases.Tendency(series),
            IsGrowing = series.Growth.IsGrowing,
            Trend = series.Growth.IsGrowing && double.IsFinite(series.Growth.PerSecond.At(end))
                ? new TrendView(start, series.Growth.PerSecond.At(start), end, series.Growth.PerSecond.At(end))
                : null,
        };
    }

    // More points than a chart is wide: the lowest of each group stays, as what is judged are floors.
    private static List<(double Seconds, double Value)> Thinned(EvidenceSeries series)
    {
        List<(double Seconds, double Value)> all = [];
        for (int i = 0; i < Math.Min(series.Values.Count, series.Seconds.Count); i++)
        {
            if (double.IsFinite(series.Seconds[i]))
            {
                all.Add((series.Seconds[i], series.Values[i]));
            }
        }

        int group = (all.Count + MaxPoints - 1) / MaxPoints;
        return group <= 1 ? all : [.. all.Chunk(group).Select(chunk => chunk.MinBy(point => double.IsFinite(point.Value) ? point.Value : double.PositiveInfinity))];
    }

    private static string NameOf(LeakVerdict verdict) => verdict switch
    {
        LeakVerdict.Leak => "leak",
        LeakVerdict.Suspicious => "suspicious",
        LeakVerdict.Inconclusive => "inconclusive",
        _ => "none",
    };
}
