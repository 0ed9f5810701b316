using System.Globalization;
using Plumb.Cli.Leaks.Sources;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Leaks.Rendering.Markdown;

/// <summary>Writes a diagnosis as a comment on a pull request: the verdict first, one table for each finding, the rest folded away.</summary>
internal sealed class DiagnosisMarkdown
{
    private const int MaxFindings = 5;
    private const int MaxEvidence = 6;
    private const int MaxStack = 8;
    private const int MaxNotes = 5;
    private const int SparkWidth = 16;
    private const int NameWidth = 80;

    private readonly MarkdownWriter _out;
    private readonly SourceFolders _sources;

    public DiagnosisMarkdown(TextWriter output, SourceFolders sources)
    {
        _out = new MarkdownWriter(output);
        _sources = sources;
    }

    public void Write(LeaksOutcome outcome)
    {
        Diagnosis diagnosis = outcome.Diagnosis;
        _out.Line($"## {Mark(diagnosis.Verdict)} {Phrases.Verdict(diagnosis.Verdict)}: {outcome.Target}");
        _out.Line();
        _out.Line($"{diagnosis.Reason}  ");
        _out.Line($"{Phrases.Span(diagnosis)}");
        if (diagnosis.Forecast is { } forecast)
        {
            _out.Line();
            _out.Line($"**{Phrases.Forecast(forecast)}**");
        }

        WriteSummary(diagnosis.Findings);
        foreach ((int index, Finding finding) in diagnosis.Findings.Take(MaxFindings).Index())
        {
            WriteFinding(index + 1, finding);
        }

        WriteProcess(diagnosis);
        WriteLoadAndNotes(outcome);
    }

    private static string Mark(LeakVerdict verdict) => verdict switch
    {
        LeakVerdict.Leak => "🔴",
        LeakVerdict.None => "🟢",
        _ => "🟡",
    };

    private void WriteSummary(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        _out.Line();
        _out.Line($"| | function | place | grows | sure |");
        _out.Line($"|---|---|---|---|---:|");
        foreach ((int index, Finding finding) in findings.Take(MaxFindings).Index())
        {
            _out.Line($"| {index + 1} | {finding.Function:code} | {PlaceOf(finding):code} | {Phrases.Growth(finding)} | {Quantity.Percent(finding.Confidence)} |");
        }

        if (findings.Count > MaxFindings)
        {
            _out.Line($"| … | {findings.Count - MaxFindings} more | | | |");
        }
    }

    private void WriteFinding(int number, Finding finding)
    {
        _out.Line();
        _out.Line($"### {number}. {finding.Title}");
        if (finding.Frame is { } frame && _sources.Find(frame) is { } excerpt)
        {
            _out.Line();
            _out.Block(LanguageOf(excerpt.Path), Numbered(ExcerptLine.Of(excerpt)));
        }

        if (finding.FoundBy.Length > 0)
        {
            _out.Line();
            _out.Line($"Why here: {finding.FoundBy}.");
        }

        _out.Line();
        _out.Line($"**Cause.** {finding.Cause}");
        _out.Line();
        _out.Line($"**Remedy.** {finding.Remedy}");
        if (finding.Reference is { } reference)
        {
            _out.Line();
            _out.Line($"See {reference:link}");
        }

        _out.Line();
        _out.Line($"<details><summary>Evidence</summary>");
        WriteSeries(finding.Evidence, MaxEvidence);
        WriteStack(finding);
        _out.Line();
        _out.Line($"</details>");
    }

    private void WriteStack(Finding finding)
    {
        if (finding.Stack.Count == 0)
        {
            return;
        }

        _out.Line();
        _out.Block("", finding.Stack.Take(MaxStack).Select(Line));
        if (finding.Victims.Count > 0)
        {
            _out.Line();
            _out.Line($"Victims, not causes: {string.Join(", ", finding.Victims.Take(MaxEvidence).Select(victim => Ellipsis.Middle(victim.Function, NameWidth)))}");
        }
    }

    private void WriteProcess(Diagnosis diagnosis)
    {
        List<EvidenceSeries> shown = [.. diagnosis.Process.Where(one => one.Growth.IsGrowing || !SeriesNames.IsBreakdown(one.Name))];
        if (shown.Count == 0)
        {
            return;
        }

        _out.Line();
        _out.Line($"<details><summary>The whole process</summary>");
        WriteSeries(shown, shown.Count);
        _out.Line();
        _out.Line($"</details>");
    }

    private void WriteSeries(IReadOnlyList<EvidenceSeries> series, int most)
    {
        if (series.Count == 0)
        {
            return;
        }

        IReadOnlyList<EvidenceSeries> shown = [.. series.Take(most)];
        IReadOnlyList<string> names = SeriesNames.Of(shown, NameWidth);
        _out.Line();
        _out.Line($"| what | | from → to | tendency |");
        _out.Line($"|---|---|---|---|");
        for (int i = 0; i < shown.Count; i++)
        {
            _out.Line($"| {names[i]} | {Sparkline.Of(shown[i].Values, SparkWidth):code} | {Phrases.Levels(shown[i])} | {Phrases.Tendency(shown[i])} |");
        }
    }

    private void WriteLoadAndNotes(LeaksOutcome outcome)
    {
        if (outcome.Load is { } load)
        {
            _out.Line();
            _out.Line($"Load: {LoadText.Of(load)}");
        }

        foreach (string note in outcome.Diagnosis.Notes.Take(MaxNotes))
        {
            _out.Line();
            _out.Line($"> {note}");
        }
    }

    private string PlaceOf(Finding finding)
    {
        SourceExcerpt? excerpt = finding.Frame is { } frame ? _sources.Find(frame) : null;
        return Phrases.Place(excerpt?.Path ?? Phrases.ShortPath(finding.File ?? ""), finding.Line);
    }

    private static string Line(Frame frame) =>
        $"{Ellipsis.Middle(frame.Function, NameWidth)}  {Ellipsis.Middle(Phrases.Place(Phrases.ShortPath(frame.File), frame.Line), NameWidth)}";

    private static IEnumerable<string> Numbered(IReadOnlyList<ExcerptLine> lines) => lines.Select(line =>
        string.Create(CultureInfo.InvariantCulture, $"{(line.Matters ? ">" : " ")} {line.Number,4}  {Ellipsis.End(line.Text, 160)}"));

    // The ending is one of the few that source folders read, so it is safe as the name of a language.
    private static string LanguageOf(string path) => Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
}
