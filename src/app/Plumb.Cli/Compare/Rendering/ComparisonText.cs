using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Compare.Rendering;

/// <summary>Writes a comparison for a person to read. With <see cref="Palette.None"/> it is plain text without any escape sequence.</summary>
internal sealed class ComparisonText
{
    private const int MaxRows = 12;
    private const int MaxLeaks = 5;
    private const int LeastNameWidth = 20;
    private const int MaxText = 2000;
    private const string Indent = "   ";

    private readonly TextWriter _out;
    private readonly Palette _palette;
    private readonly int _width;

    public ComparisonText(TextWriter output, Screen screen)
    {
        _out = output;
        _palette = screen.Palette;
        _width = Math.Clamp(screen.Width, 72, 130);
    }

    public void Write(CompareOutcome outcome)
    {
        SeriesComparison comparison = outcome.Comparison;
        string colour = comparison.Verdict switch
        {
            ComparisonVerdict.Worse => _palette.Red,
            ComparisonVerdict.Same => _palette.Green,
            _ => _palette.Yellow,
        };
        Line($"{colour}{ComparisonPhrases.Verdict(comparison.Verdict)}{_palette.Reset}  {_palette.Dim}{Safe(outcome.Old)} → {Safe(outcome.New)}{_palette.Reset}");
        Prose(comparison.Reason);
        Line();
        Line($"{Indent}{_palette.Dim}old  {_palette.Reset}{ComparisonPhrases.Side(comparison.Old)}");
        Line($"{Indent}{_palette.Dim}new  {_palette.Reset}{ComparisonPhrases.Side(comparison.New)}");
        WriteLeaks("Leaks of the new one only", comparison.NewLeaks);
        WriteLeaks("Leaks that are gone", comparison.GoneLeaks);
        WriteLeaks("Leaks of both", comparison.CommonLeaks);
        string unit = comparison.IsPerRequest ? "a request" : "a second";
        WriteTable($"Growth, {unit}", comparison.Growth, isGrowth: true, comparison.IsPerRequest);
        WriteTable("Costs", comparison.Costs, isGrowth: false, comparison.IsPerRequest);
        WriteNotes(comparison);
    }

    private void WriteLeaks(string title, IReadOnlyList<Finding> leaks)
    {
        if (leaks.Count == 0)
        {
            return;
        }

        Line();
        Line($"{_palette.Bold}{title}{_palette.Reset}");
        foreach (Finding leak in leaks.Take(MaxLeaks))
        {
            string place = Phrases.Place(Phrases.ShortPath(leak.File ?? ""), leak.Line);
            Line($"{Indent}{_palette.Bold}{Ellipsis.Middle(leak.Function, _width - 40)}{_palette.Reset}  {_palette.Blue}{Ellipsis.Middle(place, 60)}{_palette.Reset}");
            Line($"{Indent}{Safe(leak.Title)} · {Safe(Phrases.Growth(leak))}");
        }
    }

    private void WriteTable(string title, IReadOnlyList<Difference> differences, bool isGrowth, bool perRequest)
    {
        List<Difference> shown = [.. differences.Where(one => !one.IsProcess).Take(MaxRows), .. differences.Where(one => one.IsProcess)];
        if (shown.Count == 0)
        {
            return;
        }

        List<string[]> rows = [.. shown.Select(one => Row(one, isGrowth, perRequest))];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        widths[0] = Math.Max(LeastNameWidth, Math.Min(widths[0], _width - Indent.Length - widths[1..].Sum(width => width + 2)));
        Line();
        Line($"{_palette.Bold}{title}{_palette.Reset}");
        for (int i = 0; i < rows.Count; i++)
        {
            string name = Ellipsis.Middle(rows[i][0], widths[0]).PadRight(widths[0]);
            string colour = ColourOf(shown[i].Verdict);
            IEnumerable<string> cells = rows[i].Skip(1).Select((cell, column) => cell.PadRight(widths[column + 1]));
            Line($"{Indent}{(shown[i].IsProcess ? _palette.Dim : "")}{name}{(shown[i].IsProcess ? _palette.Reset : "")}  {colour}{string.Join("  ", cells)}{(colour.Length > 0 ? _palette.Reset : "")}");
        }

        int left = differences.Count - shown.Count;
        if (left > 0)
        {
            Line($"{Indent}{_palette.Dim}… {left.ToString(CultureInfo.InvariantCulture)} more{_palette.Reset}");
        }
    }

    private static string[] Row(Difference one, bool isGrowth, bool perRequest) => isGrowth
        ? [Label(one, isGrowth, perRequest), $"{ComparisonPhrases.Rate(one.Old, one.Unit)} → {ComparisonPhrases.Rate(one.New, one.Unit)} {ComparisonPhrases.Band(one)}", ComparisonPhrases.Chance(one.P), ComparisonPhrases.Word(one.Verdict)]
        : [Label(one, isGrowth, perRequest), $"{ComparisonPhrases.Cost(one.Old, one.Unit)} → {ComparisonPhrases.Cost(one.New, one.Unit)}", ComparisonPhrases.Percent(one), ComparisonPhrases.Chance(one.P), ComparisonPhrases.Word(one.Verdict)];

    private static string Label(Difference one, bool isGrowth, bool perRequest) => (one.IsProcess, isGrowth) switch
    {
        (true, true) => $"all {one.Name}",
        (true, false) => one.Resource is "alloc" or "cpu" ? ComparisonPhrases.What(one, perRequest) : $"all {one.Name}",
        (_, true) => $"{one.Resource}: {one.Name}",
        _ => $"{ComparisonPhrases.What(one, perRequest)}: {one.Name}",
    };

    private string ColourOf(DifferenceVerdict verdict) => verdict switch
    {
        DifferenceVerdict.OnlyNew or DifferenceVerdict.More => _palette.Red,
        DifferenceVerdict.Unclear => _palette.Yellow,
        DifferenceVerdict.Less or DifferenceVerdict.Gone => _palette.Green,
        _ => _palette.Dim,
    };

    private void WriteNotes(SeriesComparison comparison)
    {
        IEnumerable<string> own = comparison.Old.Diagnosis.Notes.Select(note => $"old: {note}").Concat(comparison.New.Diagnosis.Notes.Select(note => $"new: {note}"));
        List<string> notes = [.. comparison.Notes, .. own];
        if (notes.Count > 0)
        {
            Line();
            notes.ForEach(note => Prose($"note: {note}", _palette.Dim));
        }
    }

    private void Prose(string text, string colour = "")
    {
        foreach (string line in TextWrap.Lines(Safe(text), _width))
        {
            Line(colour.Length > 0 ? $"{colour}{line}{_palette.Reset}" : line);
        }
    }

    private void Line(string text = "")
    {
        _out.Write(text.TrimEnd(' '));
        _out.Write('\n');
    }

    private static string Safe(string text) => Ellipsis.End(text, MaxText);
}
