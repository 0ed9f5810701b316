using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Comparison;

namespace Plumb.Cli.Verify;

/// <summary>What every report of a verification says in the same words. Nothing is escaped yet.</summary>
internal static class VerificationPhrases
{
    public static string Word(VerificationVerdict verdict) => verdict switch
    {
        VerificationVerdict.Gone => "GONE",
        VerificationVerdict.Leaks => "STILL LEAKS",
        _ => "UNCLEAR",
    };

    public static string Word(Verification verification) =>
        verification is { Verdict: VerificationVerdict.Leaks, NewLeaks.Count: > 0 } && !verification.Leaks.Any(leak => leak.Verdict == VerificationVerdict.Leaks)
            ? "NEW LEAK"
            : Word(verification.Verdict);

    /// <summary>"0.74 goroutines → 0 a request".</summary>
    public static string Growth(VerifiedLeak leak)
    {
        string now = leak.Now.IsKnown ? $"{Quantity.Of(Rounded(leak.Now.Value), leak.Leak.Unit)} ± {Quantity.Of(1.96 * leak.Now.Error, leak.Leak.Unit)}" : "unknown";
        return $"{(leak.Leak.Resources.Count > 0 ? leak.Leak.Resources[0] : "growth")}: {Quantity.Of(leak.Before, leak.Leak.Unit)} → {now} {(leak.IsPerRequest ? "a request" : "a second")}";
    }

    // A thousandth of one is nothing that anybody counts.
    private static double Rounded(double value) => Math.Abs(value) < 0.01 ? Math.Round(value, 3) : value;
}
