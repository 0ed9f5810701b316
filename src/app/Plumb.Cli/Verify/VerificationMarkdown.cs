using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Leaks.Rendering.Markdown;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Verify;

/// <summary>Writes a verification as a comment on a pull request.</summary>
internal static class VerificationMarkdown
{
    public static void Write(TextWriter output, LeaksOutcome taken, Verification verification)
    {
        var page = new MarkdownWriter(output);
        string mark = verification.Verdict switch
        {
            VerificationVerdict.Gone => "🟢",
            VerificationVerdict.Leaks => "🔴",
            _ => "🟡",
        };
        page.Line($"## {mark} {VerificationPhrases.Word(verification)}: {taken.Target}");
        page.Line();
        page.Line($"{verification.Reason}  ");
        page.Line($"{Phrases.Span(verification.Diagnosis)}");
        page.Line();
        page.Line($"| | function | growth, before → now | |");
        page.Line($"|---|---|---|---|");
        foreach (VerifiedLeak leak in verification.Leaks)
        {
            page.Line($"| {VerificationPhrases.Word(leak.Verdict)} | {leak.Leak.Function:code} | {VerificationPhrases.Growth(leak)} | {leak.Reason} |");
        }

        foreach (Finding finding in verification.NewLeaks)
        {
            page.Line($"| NEW | {finding.Function:code} | {Phrases.Growth(finding)} | {finding.Title} |");
        }

        if (taken.Load is { } load)
        {
            page.Line();
            page.Line($"Load: {LoadText.Of(load)}");
        }
    }
}
