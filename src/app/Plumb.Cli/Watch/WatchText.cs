using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Watch;

/// <summary>What a watch has seen, for a person, when it has ended.</summary>
internal sealed class WatchText
{
    private const int MaxText = 2000;
    private const string Indent = "   ";

    private readonly TextWriter _out;
    private readonly Palette _palette;
    private readonly int _width;

    public WatchText(TextWriter output, Screen screen)
    {
        _out = output;
        _palette = screen.Palette;
        _width = Math.Clamp(screen.Width, 60, 110);
    }

    public void Write(WatchOutcome outcome)
    {
        WatchedGrowth growth = outcome.View.Growth;
        string colour = outcome.Verdict switch
        {
            LeakVerdict.Leak => _palette.Red,
            LeakVerdict.None => _palette.Green,
            _ => _palette.Yellow,
        };
        string span = string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Duration(TimeSpan.FromSeconds(Math.Round(outcome.Took.TotalSeconds)))}, {outcome.View.Snapshots} snapshots");
        Line($"{colour}{Phrases.Verdict(outcome.Verdict)}{_palette.Reset}  {_palette.Dim}{Ellipsis.End(outcome.View.Target, MaxText)} · watched for {span}{_palette.Reset}");
        if (growth.Leaks.Count == 0)
        {
            Prose("", growth.Reason);
        }

        foreach (WatchedLeak leak in growth.Leaks)
        {
            Write(leak, growth);
        }

        if (growth.Forecast is { } forecast)
        {
            Line();
            Prose("", Phrases.Forecast(forecast));
        }

        foreach (string folder in outcome.Captures)
        {
            Line();
            Prose("", $"evidence in {folder}: 'plumb leaks {folder}' judges it");
        }
    }

    private void Write(WatchedLeak leak, WatchedGrowth growth)
    {
        Finding finding = leak.Finding;
        string place = finding.File is { } file && finding.Line > 0 ? Phrases.Place(Phrases.ShortPath(file), finding.Line) : "";
        Line();
        Line($"{Indent}{_palette.Bold}{Ellipsis.Middle(finding.Function, _width)}{_palette.Reset}  {_palette.Blue}{Ellipsis.End(place, _width)}{_palette.Reset}");
        Prose(Indent, $"{finding.Title} · {Phrases.Growth(finding)}");
        string last = leak.LastSeen == growth.At ? "and still" : string.Create(CultureInfo.InvariantCulture, $"last at {leak.LastSeen.ToLocalTime():HH:mm:ss}");
        Prose(Indent, string.Create(CultureInfo.InvariantCulture, $"first seen at {leak.FirstSeen.ToLocalTime():HH:mm:ss}, {last}"));
        Prose(Indent, finding.Remedy);
    }

    private void Prose(string indent, string text)
    {
        foreach (string line in TextWrap.Lines(Ellipsis.End(text, MaxText), _width - indent.Length))
        {
            Line(indent + line);
        }
    }

    private void Line(string text = "") => _out.Write(text.TrimEnd(' ') + "\n");
}
