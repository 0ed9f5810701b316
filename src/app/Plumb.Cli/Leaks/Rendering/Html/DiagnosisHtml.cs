using System.Globalization;
using Plumb.Cli.Leaks.Sources;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Leaks.Rendering.Html;

/// <summary>Writes a diagnosis as one page that needs nothing else: no network, no other file, and no script to be read.</summary>
/// <remarks>The page's policy allows one style sheet and one script, both by their hash; even markup that slipped through could run nothing.</remarks>
internal sealed class DiagnosisHtml
{
    private const int MaxFindings = 20;
    private const int MaxEvidence = 8;
    private const int MaxStack = 40;
    private const int MaxVictims = 10;
    private const int NameWidth = 120;

    private readonly HtmlWriter _page;
    private readonly SourceFolders _sources;

    public DiagnosisHtml(TextWriter output, SourceFolders sources)
    {
        _page = new HtmlWriter(output);
        _sources = sources;
    }

    public void Write(LeaksOutcome outcome)
    {
        Diagnosis diagnosis = outcome.Diagnosis;
        WriteHead($"{Phrases.Verdict(diagnosis.Verdict)}: {outcome.Target}");
        WriteVerdict(outcome);
        WriteContents(diagnosis);
        foreach ((int index, Finding finding) in diagnosis.Findings.Take(MaxFindings).Index())
        {
            WriteFinding(index + 1, finding);
        }

        WriteGrowth(outcome.Growth);
        WriteProcess(diagnosis);
        WriteNotes(outcome);
        _page.Line($"</main>");
        _page.Write($"<script>");
        _page.Asset(HtmlAsset.Script);
        _page.Line($"</script>");
        _page.Line($"</body></html>");
    }

    private void WriteHead(string title)
    {
        string policy = $"default-src 'none'; style-src {HtmlAsset.Style.Hash}; script-src {HtmlAsset.Script.Hash}; base-uri 'none'; form-action 'none'";
        _page.Line($"<!doctype html>");
        _page.Line($"<html lang=\"en\"><head><meta charset=\"utf-8\">");
        _page.Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        _page.Line($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">");
        _page.Line($"<meta name=\"referrer\" content=\"no-referrer\"><title>{title}</title>");
        _page.Write($"<style>");
        _page.Asset(HtmlAsset.Style);
        _page.Line($"</style></head><body><main>");
    }

    private void WriteVerdict(LeaksOutcome outcome)
    {
        Diagnosis diagnosis = outcome.Diagnosis;
        string tone = diagnosis.Verdict switch
        {
            LeakVerdict.Leak => "bad",
            LeakVerdict.None => "good",
            _ => "open",
        };
        string when = outcome.StartedAt is { } at ? $" · {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}" : "";
        _page.Line($"<header class=\"verdict {tone}\">");
        _page.Line($"<p class=\"word\">{Phrases.Verdict(diagnosis.Verdict)}</p>");
        _page.Line($"<div><h1>{diagnosis.Reason}</h1><p class=\"of\">{outcome.Target} · {Phrases.Span(diagnosis)}{when}</p>");
        if (diagnosis.Forecast is { } forecast)
        {
            _page.Line($"<p class=\"forecast\">{Phrases.Forecast(forecast)}</p>");
        }

        _page.Line($"</div></header>");
    }

    private void WriteContents(Diagnosis diagnosis)
    {
        if (diagnosis.Findings.Count < 2)
        {
            return;
        }

        _page.Line($"<nav aria-label=\"Findings\"><ol>");
        foreach ((int index, Finding finding) in diagnosis.Findings.Take(MaxFindings).Index())
        {
            _page.Line($"<li><a href=\"#finding-{index + 1}\"><code>{Ellipsis.Middle(finding.Function, NameWidth)}</code></a> {Phrases.Growth(finding)} <small>{Phrases.Certainty(finding)}</small></li>");
        }

        _page.Line($"</ol></nav>");
    }

    private void WriteFinding(int number, Finding finding)
    {
        SourceExcerpt? excerpt = finding.Frame is { } frame ? _sources.Find(frame) : null;
        string place = Phrases.Place(excerpt?.Path ?? Phrases.ShortPath(finding.File ?? ""), finding.Line);
        string tone = finding.Verdict == LeakVerdict.Leak ? "bad" : "open";
        _page.Line($"<article class=\"finding {tone}\" id=\"finding-{number}\">");
        _page.Line($"<h2><span class=\"number\">{number}</span> {finding.Title}</h2>");
        _page.Line($"<p class=\"where\"><code>{Ellipsis.Middle(finding.Function, NameWidth)}</code> <span class=\"place\">{place}</span></p>");
        WriteFacts(finding);
        WriteExcerpt(excerpt);
        _page.Line($"<div class=\"prose\"><section><h3>Cause</h3><p>{finding.Cause}</p></section><section><h3>Remedy</h3><p>{finding.Remedy}</p>");
        WriteReference(finding);
        _page.Line($"</section></div>");
        WriteCharts("Evidence", finding.Evidence, MaxEvidence);
        WriteStack("Stack, from the line towards the library", finding.Stack, finding.Frame);
        WriteStack("Started by", finding.CreatedBy, null);
        WriteStack("The other end", finding.OtherEnds, null);
        WriteVictims(finding);
        _page.Line($"</article>");
    }

    private void WriteFacts(Finding finding)
    {
        int percent = (int)Math.Floor(Math.Clamp(finding.Confidence, 0, 1) * 100);
        _page.Line($"<dl class=\"facts\"><div><dt>Grows</dt><dd>{Phrases.Growth(finding)}</dd></div>");
        _page.Line($"<div><dt>Confidence</dt><dd><meter min=\"0\" max=\"100\" value=\"{percent}\">{percent} %</meter> {Phrases.Certainty(finding)}</dd></div>");
        if (finding.FoundBy.Length > 0)
        {
            _page.Line($"<div><dt>Why here</dt><dd>{finding.FoundBy}</dd></div>");
        }

        _page.Line($"<div><dt>What</dt><dd>{string.Join(", ", finding.Resources)}</dd></div>");
        if (finding.Pattern is { } pattern)
        {
            _page.Line($"<div><dt>Pattern</dt><dd><code>{pattern}</code></dd></div>");
        }

        if (finding.Forecast is { } forecast)
        {
            _page.Line($"<div><dt>Until</dt><dd>{Phrases.Forecast(forecast)}</dd></div>");
        }

        _page.Line($"</dl>");
    }

    private void WriteReference(Finding finding)
    {
        // What is no address of the web stays text: a link may begin with javascript.
        if (Uri.TryCreate(finding.Reference, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps)
        {
            _page.Line($"<p><a href=\"{address.AbsoluteUri}\" rel=\"noreferrer noopener\">{address.AbsoluteUri}</a></p>");
        }
        else if (finding.Reference is { } text)
        {
            _page.Line($"<p>{text}</p>");
        }
    }

    private void WriteExcerpt(SourceExcerpt? excerpt)
    {
        if (excerpt is null)
        {
            return;
        }

        _page.Write($"<pre class=\"source\" tabindex=\"0\" aria-label=\"{excerpt.Path}\">");
        foreach (ExcerptLine line in ExcerptLine.Of(excerpt))
        {
            _page.Write($"<span class=\"{(line.Matters ? "line here" : "line")}\"><span class=\"gutter\">{line.Number}</span>{line.Text}</span>");
        }

        _page.Line($"</pre>");
    }

    private void WriteCharts(string title, IReadOnlyList<EvidenceSeries> series, int most)
    {
        if (series.Count == 0)
        {
            return;
        }

        IReadOnlyList<EvidenceSeries> shown = [.. series.Take(most)];
        IReadOnlyList<string> names = SeriesNames.Of(shown, NameWidth);
        var chart = new SeriesChart(_page);
        _page.Line($"<h3>{title}</h3><div class=\"charts\">");
        for (int i = 0; i < shown.Count; i++)
        {
            chart.Write(shown[i], names[i]);
        }

        _page.Line($"</div>");
        if (shown.Count < series.Count)
        {
            _page.Line($"<p class=\"more\">… {series.Count - shown.Count} more series</p>");
        }
    }

    private void WriteStack(string title, IReadOnlyList<Frame> stack, Frame? marked)
    {
        if (stack.Count == 0)
        {
            return;
        }

        _page.Line($"<h3>{title}</h3><ol class=\"stack\">");
        foreach (Frame frame in stack.Take(MaxStack))
        {
            string owner = frame.IsApplication ? "app" : "lib";
            string here = marked is not null && frame == marked ? " here" : "";
            _page.Line($"<li class=\"{owner}{here}\"><code>{Ellipsis.Middle(frame.Function, NameWidth)}</code> <span class=\"place\">{Phrases.Place(Phrases.ShortPath(frame.File), frame.Line)}</span></li>");
        }

        _page.Line($"</ol>");
    }

    private void WriteVictims(Finding finding)
    {
        if (finding.Victims.Count == 0)
        {
            return;
        }

        _page.Line($"<h3>Victims, not causes</h3><ul>");
        foreach (Victim victim in finding.Victims.Take(MaxVictims))
        {
            _page.Line($"<li><code>{Ellipsis.Middle(victim.Function, NameWidth)}</code> {victim.Reason}, {Quantity.Rate(victim.PerSecond, "count")}</li>");
        }

        _page.Line($"</ul>");
    }

    private void WriteGrowth(StackGrowth growth)
    {
        if (growth.Goroutines is null && growth.HeapBytes is null)
        {
            return;
        }

        _page.Line($"<section class=\"card\"><h2>Where it grew</h2>");
        _page.Line($"<p class=\"legend\">Callers above, callees below; as wide as their growth. <span class=\"key app\">the application</span> <span class=\"key lib\">libraries</span> <span class=\"key std\">standard library</span></p>");
        var flame = new FlameChart(_page);
        if (growth.HeapBytes is { } heap)
        {
            flame.Write(heap, "bytes", "Live heap");
        }

        if (growth.Goroutines is { } goroutines)
        {
            flame.Write(goroutines, "count", "Goroutines");
        }

        _page.Line($"</section>");
    }

    private void WriteProcess(Diagnosis diagnosis)
    {
        List<EvidenceSeries> shown = [.. diagnosis.Process.Where(one => one.Growth.IsGrowing || !SeriesNames.IsBreakdown(one.Name))];
        if (shown.Count > 0)
        {
            _page.Line($"<section class=\"card\"><h2>The whole process</h2>");
            WriteCharts("Over time", shown, shown.Count);
            _page.Line($"</section>");
        }
    }

    private void WriteNotes(LeaksOutcome outcome)
    {
        _page.Line($"<footer>");
        if (outcome.Load is { } load)
        {
            _page.Line($"<p>Load: {LoadText.Of(load)}</p>");
        }

        foreach (string note in outcome.Diagnosis.Notes)
        {
            _page.Line($"<p>Note: {note}</p>");
        }

        _page.Line($"<p>Made by plumb {Program.Version()}. This page loads nothing and sends nothing.</p></footer>");
    }
}
