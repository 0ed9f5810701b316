using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Leaks.Rendering.Markdown;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Compare.Rendering;

/// <summary>Writes a comparison as a comment on a pull request.</summary>
internal sealed class ComparisonMarkdown
{
    private const int MaxRows = 10;
    private const int MaxLeaks = 5;

    private readonly MarkdownWriter _out;

    public ComparisonMarkdown(TextWriter output) => _out = new MarkdownWriter(output);

    public void Write(CompareOutcome outcome)
    {
        SeriesComparison comparison = outcome.Comparison;
        string mark = comparison.Verdict switch
        {
            ComparisonVerdict.Worse => "🔴",
            ComparisonVerdict.Same => "🟢",
            _ => "🟡",
        };
        _out.Line($"## {mark} {ComparisonPhrases.Verdict(comparison.Verdict)}: {outcome.Old} → {outcome.New}");
        _out.Line();
        _out.Line($"{comparison.Reason}");
        _out.Line();
        _out.Line($"| | |");
        _out.Line($"|---|---|");
        _out.Line($"| old | {ComparisonPhrases.Side(comparison.Old)} |");
        _out.Line($"| new | {ComparisonPhrases.Side(comparison.New)} |");
        WriteLeaks("Leaks of the new one only", comparison.NewLeaks);
        WriteLeaks("Leaks that are gone", comparison.GoneLeaks);
        WriteLeaks("Leaks of both", comparison.CommonLeaks);
        WriteGrowth(comparison);
        WriteCosts(comparison);
        foreach (string note in comparison.Notes)
        {
            _out.Line();
            _out.Line($"> {note}");
        }
    }

    private void WriteLeaks(string title, IReadOnlyList<Finding> leaks)
    {
        if (leaks.Count == 0)
        {
            return;
        }

        _out.Line();
        _out.Line($"### {title}");
        foreach (Finding leak in leaks.Take(MaxLeaks))
        {
            _out.Line();
            _out.Line($"{leak.Function:code} at {Phrases.Place(Phrases.ShortPath(leak.File ?? ""), leak.Line):code}: {leak.Title}, {Phrases.Growth(leak)}. {leak.Remedy}");
        }
    }

    private void WriteGrowth(SeriesComparison comparison)
    {
        List<Difference> shown = Shown(comparison.Growth);
        if (shown.Count == 0)
        {
            return;
        }

        _out.Line();
        _out.Line($"### Growth, {(comparison.IsPerRequest ? "a request" : "a second")}");
        _out.Line();
        _out.Line($"| | what | old | new | ± | | |");
        _out.Line($"|---|---|---:|---:|---:|---|---|");
        foreach (Difference one in shown)
        {
            _out.Line($"| {one.Resource} | {one.Name:code} | {ComparisonPhrases.Rate(one.Old, one.Unit)} | {ComparisonPhrases.Rate(one.New, one.Unit)} | {ComparisonPhrases.Band(one)} | {ComparisonPhrases.Chance(one.P)} | {ComparisonPhrases.Word(one.Verdict)} |");
        }
    }

    private void WriteCosts(SeriesComparison comparison)
    {
        List<Difference> shown = Shown(comparison.Costs);
        if (shown.Count == 0)
        {
            return;
        }

        _out.Line();
        _out.Line($"### Costs");
        _out.Line();
        _out.Line($"| | what | old | new | | | |");
        _out.Line($"|---|---|---:|---:|---:|---|---|");
        foreach (Difference one in shown)
        {
            _out.Line($"| {ComparisonPhrases.What(one, comparison.IsPerRequest)} | {(one.IsProcess ? "the whole process" : one.Name):code} | {ComparisonPhrases.Cost(one.Old, one.Unit)} | {ComparisonPhrases.Cost(one.New, one.Unit)} | {ComparisonPhrases.Percent(one)} | {ComparisonPhrases.Chance(one.P)} | {ComparisonPhrases.Word(one.Verdict)} |");
        }
    }

    private static List<Difference> Shown(IReadOnlyList<Difference> differences) =>
        [.. differences.Where(one => !one.IsProcess).Take(MaxRows), .. differences.Where(one => one.IsProcess)];
}
