using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Verify;

/// <summary>Writes a verification for a person to read.</summary>
internal sealed class VerificationText
{
    private const int MaxText = 2000;
    private const int MaxNotes = 10;
    private const string Indent = "   ";

    private readonly TextWriter _out;
    private readonly Palette _palette;
    private readonly int _width;

    public VerificationText(TextWriter output, Screen screen)
    {
        _out = output;
        _palette = screen.Palette;
        _width = Math.Clamp(screen.Width, 60, 110);
    }

    public void Write(LeaksOutcome taken, Verification verification)
    {
        Line($"{ColourOf(verification.Verdict)}{VerificationPhrases.Word(verification)}{_palette.Reset}  {_palette.Dim}{Safe(taken.Target)} · {Phrases.Span(verification.Diagnosis)}{_palette.Reset}");
        Prose("", verification.Reason);
        foreach (VerifiedLeak leak in verification.Leaks)
        {
            Line();
            Line($"{Indent}{ColourOf(leak.Verdict)}{VerificationPhrases.Word(leak.Verdict)}{_palette.Reset}  {_palette.Bold}{Safe(leak.Leak.Function)}{_palette.Reset}");
            Prose(Indent, leak.Leak.Title);
            Prose(Indent, VerificationPhrases.Growth(leak));
            Prose(Indent, leak.Reason);
        }

        foreach (Finding finding in verification.NewLeaks)
        {
            Line();
            Line($"{Indent}{_palette.Red}NEW{_palette.Reset}  {_palette.Bold}{Safe(finding.Function)}{_palette.Reset}  {_palette.Blue}{Safe(Phrases.Place(Phrases.ShortPath(finding.File ?? ""), finding.Line))}{_palette.Reset}");
            Prose(Indent, $"{finding.Title} · {Phrases.Growth(finding)}");
        }

        if (taken.Load is { } load)
        {
            Line();
            Prose("", $"load: {LoadText.Of(load)}");
        }

        foreach (string note in verification.Diagnosis.Notes.Take(MaxNotes))
        {
            Line();
            Prose("", $"note: {note}");
        }
    }

    private string ColourOf(VerificationVerdict verdict) => verdict switch
    {
        VerificationVerdict.Gone => _palette.Green,
        VerificationVerdict.Leaks => _palette.Red,
        _ => _palette.Yellow,
    };

    private void Prose(string indent, string text)
    {
        foreach (string line in TextWrap.Lines(Safe(text), _width - indent.Length))
        {
            Line(indent + line);
        }
    }

    private void Line(string text = "")
    {
        _out.Write(text.TrimEnd(' '));
        _out.Write('\n');
    }

    private static string Safe(string text) => Ellipsis.End(text, MaxText);
}
