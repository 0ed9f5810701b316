using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Isolation;

namespace Plumb.Cli.Isolate;

/// <summary>Writes which routes leak for a person to read. With <see cref="Palette.None"/> it is plain text.</summary>
internal sealed class IsolateText
{
    private const string Indent = "   ";
    private const int HeadWidth = 9;
    private const int RouteWidth = 80;
    private const int MaxText = 2000;

    private readonly TextWriter _out;
    private readonly Palette _palette;
    private readonly int _width;

    public IsolateText(TextWriter output, Palette palette, int width)
    {
        _out = output;
        _palette = palette;
        _width = Math.Clamp(width, 60, 110);
    }

    public void Write(IsolateOutcome outcome)
    {
        WriteVerdict(outcome);
        for (int i = 0; i < outcome.Leaking.Count; i++)
        {
            Line();
            WriteRoute(i + 1, outcome.Leaking[i]);
        }

        if (outcome.Suspected.Count > 0)
        {
            Line();
            Line($"{_palette.Yellow}a leak is among these, and was not found:{_palette.Reset} {Ellipsis.End(string.Join(", ", outcome.Suspected), 400)}");
        }

        WriteRounds(outcome);
        foreach (string note in outcome.Notes)
        {
            Line($"{_palette.Yellow}note{_palette.Reset}  {Ellipsis.End(note, 300)}");
        }
    }

    private void WriteVerdict(IsolateOutcome outcome)
    {
        (string colour, string word) = outcome.Verdict switch
        {
            LeakVerdict.Leak => (_palette.Red, "LEAK"),
            LeakVerdict.Suspicious => (_palette.Yellow, "SUSPICIOUS"),
            LeakVerdict.Inconclusive => (_palette.Yellow, "INCONCLUSIVE"),
            _ => (_palette.Green, "NO LEAK"),
        };
        string effort = string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Rounds.Count} rounds, {Quantity.Count(outcome.Requests)} requests, {Quantity.Duration(TimeSpan.FromSeconds(Math.Round(outcome.Took.TotalSeconds)))}");
        Line($"{colour}{word}{_palette.Reset}  {_palette.Dim}{Ellipsis.End(outcome.Target, 200)} · {effort}{_palette.Reset}");
        Line(Sentence(outcome));
    }

    private static string Sentence(IsolateOutcome outcome)
    {
        int leaking = outcome.Leaking.SelectMany(route => route.Routes).Distinct().Count();
        string found = leaking == 0
            ? string.Create(CultureInfo.InvariantCulture, $"none of {outcome.Routes.Count} routes leaves anything behind")
            : string.Create(CultureInfo.InvariantCulture, $"{leaking} of {outcome.Routes.Count} routes {(leaking == 1 ? "leaves" : "leave")} something behind");
        return (outcome.Interrupted, outcome.IsComplete) switch
        {
            (true, _) => $"stopped half-way; so far, {found}",
            (_, false) => $"the rounds were used up; so far, {found}",
            _ => found,
        };
    }

    private void WriteRoute(int number, RouteVerdict route)
    {
        string colour = route.Verdict == LeakVerdict.Leak ? _palette.Red : _palette.Yellow;
        string names = string.Join("  +  ", route.Routes.Select(name => Ellipsis.Middle(name, RouteWidth)));
        string together = route.Routes.Count > 1 ? $"  {_palette.Dim}only together{_palette.Reset}" : "";
        Line($"{colour}{number.ToString(CultureInfo.InvariantCulture),-2}{_palette.Reset} {_palette.Bold}{names}{_palette.Reset}{together}");
        foreach (SignalRate rate in route.Signals)
        {
            Line($"{Indent}{SignalText.Of(rate)}");
        }

        if (route.Finding is not { } finding)
        {
            Prose("line", $"not known: {route.Reason ?? "the search was ended before it was looked for"}");
            Prose("", route.Verdict == LeakVerdict.Leak
                ? "The place above is where they wait; 'plumb leaks' with a load on this route says more."
                : "Only the heap grows: a cache that fills looks the same. 'plumb leaks' with a longer load on this route tells.");
            return;
        }

        string file = finding.File is { } path ? path[(path.LastIndexOf('/') + 1)..] : "";
        string place = file.Length > 0 && finding.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"  {file}:{finding.Line}") : "";
        Head("line", $"{_palette.Bold}{Ellipsis.Middle(finding.Function, RouteWidth)}{_palette.Reset}{_palette.Blue}{Ellipsis.End(place, RouteWidth)}{_palette.Reset}");
        Prose("cause", finding.Cause);
        Prose("remedy", finding.Remedy);
        if (finding.Pattern is { } pattern)
        {
            Head("pattern", Ellipsis.End(pattern, RouteWidth));
        }
    }

    private void WriteRounds(IsolateOutcome outcome)
    {
        Line();
        Line($"{_palette.Dim}{"round",5}  {"",-9} {"routes",6} {"requests",9} {"goroutines",11} {"descriptors",12} {"live heap",11}{_palette.Reset}");
        foreach (RoundRecord record in outcome.Rounds)
        {
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{record.Round.Number,5}  {PurposeText.Of(record.Round.Purpose),-9} {record.Round.Routes.Count,6} {Quantity.Count((double)record.RequestsPerRoute * record.Round.Routes.Count),9}"
                + $" {Growth(record, SignalKind.Goroutines),11} {Growth(record, SignalKind.Descriptors),12} {Growth(record, SignalKind.HeapBytes),11}"));
        }
    }

    private static string Growth(RoundRecord record, SignalKind kind) => SignalText.Growth(record.Growth(kind), kind);

    private void Prose(string head, string text)
    {
        foreach (string line in TextWrap.Lines(Ellipsis.End(text, MaxText), _width - Indent.Length - HeadWidth))
        {
            Head(head, line);
            head = "";
        }
    }

    private void Head(string head, string text) => Line($"{Indent}{_palette.Dim}{head,-HeadWidth}{_palette.Reset}{text}");

    private void Line(string text = "") => _out.Write(text + "\n");
}
