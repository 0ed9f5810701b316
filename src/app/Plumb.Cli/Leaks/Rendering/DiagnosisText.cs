using System.Globalization;
using Plumb.Cli.Leaks.Sources;
using Plumb.Collectors.Loading;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>Writes a diagnosis for a person to read. With <see cref="Palette.None"/> it is plain text without any escape sequence.</summary>
internal sealed class DiagnosisText
{
    private const int SparkWidth = 24;
    private const int MaxStack = 12;
    private const int MaxEvidence = 8;
    private const int MaxVictims = 5;
    private const string Indent = "   ";
    private const int HeadWidth = 12;
    private const int SeriesNameWidth = 46;
    private const int TextColumn = 3 + HeadWidth;
    private const int RateWidth = 11;
    private const int LeastNameWidth = 16;
    private const int NarrowSparkWidth = 12;
    private const int WideEnough = 100;
    private const string HereMark = " ← here";
    private const int MaxText = 2000;
    private const int MaxName = 160;

    private readonly TextWriter _out;
    private readonly Palette _palette;
    private readonly int _width;
    private readonly SourceFolders _sources;

    /// <param name="output">Where to write.</param>
    /// <param name="palette">How to colour.</param>
    /// <param name="width">Characters to a line of prose; figures and stacks may be longer.</param>
    /// <param name="sources">Where source files may be read.</param>
    public DiagnosisText(TextWriter output, Palette palette, int width, SourceFolders sources)
    {
        _out = output;
        _palette = palette;
        _width = Math.Clamp(width, 60, 110);
        _sources = sources;
    }

    /// <param name="target">What was judged, as the user knows it.</param>
    /// <param name="diagnosis">The answer.</param>
    /// <param name="load">What Plumb's own load did; null when there was none.</param>
    public void Write(string target, Diagnosis diagnosis, LoadReport? load)
    {
        WriteVerdict(target, diagnosis);
        for (int i = 0; i < diagnosis.Findings.Count; i++)
        {
            Line();
            WriteFinding(i + 1, diagnosis.Findings[i], diagnosis.Forecast);
        }

        WriteProcess(diagnosis);
        WriteLoad(load);
        WriteNotes(diagnosis);
    }

    private void WriteVerdict(string target, Diagnosis diagnosis)
    {
        string colour = diagnosis.Verdict switch
        {
            LeakVerdict.Leak => _palette.Red,
            LeakVerdict.Suspicious or LeakVerdict.Inconclusive => _palette.Yellow,
            _ => _palette.Green,
        };
        Line($"{colour}{Phrases.Verdict(diagnosis.Verdict)}{_palette.Reset}  {_palette.Dim}{Safe(target)} · {Phrases.Span(diagnosis)}{_palette.Reset}");
        Prose("", diagnosis.Reason);
        if (diagnosis.Forecast is { } forecast)
        {
            Prose("", Phrases.Forecast(forecast), _palette.Bold);
        }
    }

    private void WriteFinding(int number, Finding finding, Forecast? told)
    {
        string colour = finding.Verdict == LeakVerdict.Leak ? _palette.Red : _palette.Yellow;
        SourceExcerpt? excerpt = finding.Frame is { } frame ? _sources.Find(frame) : null;
        string place = Name(Phrases.Place(excerpt?.Path ?? Phrases.ShortPath(finding.File ?? ""), finding.Line));
        Line($"{colour}{number.ToString(CultureInfo.InvariantCulture),-2}{_palette.Reset} {_palette.Bold}{Name(finding.Function)}{_palette.Reset}"
            + (place.Length > 0 ? $"  {_palette.Blue}{place}{_palette.Reset}" : ""));
        Prose(Indent, finding.Title, colour);
        WriteExcerpt(excerpt);
        Line();
        WriteParagraph("grows", $"{Phrases.Growth(finding)} · {Phrases.Certainty(finding)}");
        if (finding.FoundBy.Length > 0)
        {
            WriteParagraph("why here", finding.FoundBy);
        }

        WriteParagraph("cause", finding.Cause);
        WriteParagraph("remedy", finding.Remedy);
        if (finding.Pattern is { } pattern)
        {
            Head("pattern", Name(pattern));
        }

        if (finding.Reference is { } reference)
        {
            Head("see", Safe(reference));
        }

        WriteStack("stack", finding.Stack, finding.Frame);
        WriteStack("started by", finding.CreatedBy, null);
        WriteStack("other end", finding.OtherEnds, null);
        WriteVictims(finding);
        WriteSeries("evidence", finding.Evidence);
        if (finding.Forecast is { } forecast && forecast != told)
        {
            WriteParagraph("until", Phrases.Forecast(forecast));
        }
    }

    private void WriteExcerpt(SourceExcerpt? excerpt)
    {
        if (excerpt is null)
        {
            return;
        }

        Line();
        IReadOnlyList<ExcerptLine> lines = ExcerptLine.Of(excerpt);
        int numberWidth = lines[^1].Number.ToString(CultureInfo.InvariantCulture).Length;
        foreach (ExcerptLine line in lines)
        {
            string text = Ellipsis.End(line.Text, _width - numberWidth - 8);
            string gutter = $"{(line.Matters ? "→" : " ")} {line.Number.ToString(CultureInfo.InvariantCulture).PadLeft(numberWidth)} │ ";
            Line($"{Indent}{(line.Matters ? _palette.Red : _palette.Dim)}{gutter}{_palette.Reset}{(line.Matters ? _palette.Bold : _palette.Dim)}{text}{_palette.Reset}");
        }
    }

    private void WriteStack(string head, IReadOnlyList<Frame> stack, Frame? marked)
    {
        if (stack.Count == 0)
        {
            return;
        }

        Line();
        List<Frame> shown = [.. stack.Take(MaxStack)];
        List<string> places = [.. shown.Select(frame => Name(Phrases.Place(Phrases.ShortPath(frame.File), frame.Line)))];
        int room = _width - TextColumn - places.Max(place => place.Length) - "  ".Length - HereMark.Length;
        int nameWidth = Math.Min(Math.Max(room, LeastNameWidth), shown.Max(frame => Name(frame.Function).Length));
        for (int i = 0; i < shown.Count; i++)
        {
            Frame frame = shown[i];
            string name = Ellipsis.Middle(frame.Function, nameWidth).PadRight(nameWidth);
            string mark = marked is not null && frame == marked ? $"{_palette.Red}{HereMark}{_palette.Reset}" : "";
            Head(i == 0 ? head : "", $"{(frame.IsApplication ? _palette.Bold : _palette.Dim)}{name}  {places[i]}{_palette.Reset}{mark}");
        }

        if (stack.Count > MaxStack)
        {
            Head("", $"{_palette.Dim}… {stack.Count - MaxStack} more{_palette.Reset}");
        }
    }

    private void WriteVictims(Finding finding)
    {
        if (finding.Victims.Count == 0)
        {
            return;
        }

        Line();
        for (int i = 0; i < Math.Min(finding.Victims.Count, MaxVictims); i++)
        {
            Victim victim = finding.Victims[i];
            Head(i == 0 ? "victims" : "", $"{Name(victim.Function)}  {_palette.Dim}{Quantity.Rate(victim.PerSecond, "count")} · {Safe(victim.Reason)}{_palette.Reset}");
        }

        if (finding.Victims.Count > MaxVictims)
        {
            Head("", $"{_palette.Dim}… {finding.Victims.Count - MaxVictims} more{_palette.Reset}");
        }
    }

    private void WriteProcess(Diagnosis diagnosis)
    {
        List<EvidenceSeries> shown = [.. diagnosis.Process.Where(one => one.Growth.IsGrowing || !SeriesNames.IsBreakdown(one.Name))];
        if (shown.Count > 0)
        {
            Line();
            Line($"{_palette.Bold}The whole process{_palette.Reset}");
            WriteSeries("", shown, alone: true);
        }
    }

    private void WriteSeries(string head, IReadOnlyList<EvidenceSeries> series, bool alone = false)
    {
        if (series.Count == 0)
        {
            return;
        }

        if (!alone)
        {
            Line();
        }

        IReadOnlyList<EvidenceSeries> shown = alone ? series : [.. series.Take(MaxEvidence)];
        int sparkWidth = Math.Min(_width < WideEnough ? NarrowSparkWidth : SparkWidth, shown.Max(one => one.Values.Count));
        List<string> levels = [.. shown.Select(Phrases.Levels)];
        int levelWidth = levels.Max(level => level.Length);
        int room = _width - TextColumn - sparkWidth - levelWidth - RateWidth - (3 * "  ".Length);
        IReadOnlyList<string> names = SeriesNames.Of(shown, Math.Clamp(room, LeastNameWidth, SeriesNameWidth));
        int nameWidth = names.Max(name => name.Length);
        // Why something does not grow is longer than the room beside it in a narrow terminal.
        string below = new(' ', nameWidth + sparkWidth + levelWidth + (3 * "  ".Length));
        int beside = Math.Max(RateWidth, _width - Indent.Length - (alone ? 0 : HeadWidth) - below.Length);
        for (int i = 0; i < shown.Count; i++)
        {
            EvidenceSeries one = shown[i];
            string spark = Sparkline.Of(one.Values, sparkWidth).PadRight(sparkWidth);
            string colour = one.Growth.IsGrowing ? _palette.Red : _palette.Green;
            string shade = one.Growth.IsGrowing ? "" : _palette.Dim;
            string row = $"{names[i].PadRight(nameWidth)}  {colour}{spark}{_palette.Reset}  {levels[i].PadRight(levelWidth)}";
            string[] tendency = [.. TextWrap.Lines(Safe(Phrases.Tendency(one)), beside)];
            Head(i == 0 ? head : "", $"{row}  {shade}{tendency.FirstOrDefault()}{(shade.Length > 0 ? _palette.Reset : "")}", alone);
            foreach (string more in tendency.Skip(1))
            {
                Head("", $"{below}{shade}{more}{(shade.Length > 0 ? _palette.Reset : "")}", alone);
            }
        }

        if (shown.Count < series.Count)
        {
            Head("", $"{_palette.Dim}… {series.Count - shown.Count} more series{_palette.Reset}");
        }
    }

    private void WriteLoad(LoadReport? load)
    {
        if (load is null)
        {
            return;
        }

        Line();
        Line($"{_palette.Bold}The load{_palette.Reset}");
        Prose(Indent, LoadText.Of(load));
    }

    private void WriteNotes(Diagnosis diagnosis)
    {
        if (diagnosis.Notes.Count == 0)
        {
            return;
        }

        Line();
        foreach (string note in diagnosis.Notes)
        {
            Prose("", $"note: {note}", _palette.Dim);
        }
    }

    private void WriteParagraph(string head, string text)
    {
        bool first = true;
        foreach (string line in TextWrap.Lines(Safe(text), _width - Indent.Length - HeadWidth))
        {
            Head(first ? head : "", line);
            first = false;
        }
    }

    private void Prose(string indent, string text, string colour = "")
    {
        foreach (string line in TextWrap.Lines(Safe(text), _width - indent.Length))
        {
            Line(colour.Length > 0 ? $"{indent}{colour}{line}{_palette.Reset}" : indent + line);
        }
    }

    private void Head(string head, string text, bool flush = false) =>
        Line($"{Indent}{(flush ? "" : $"{_palette.Dim}{head,-HeadWidth}{_palette.Reset}")}{text}");

    // Lines end with \n on every system: a report is compared, piped and pasted.
    private void Line(string text = "")
    {
        _out.Write(text.TrimEnd(' '));
        _out.Write('\n');
    }

    private static string Safe(string text) => Ellipsis.End(text, MaxText);

    private static string Name(string text) => Ellipsis.Middle(text, MaxName);
}
