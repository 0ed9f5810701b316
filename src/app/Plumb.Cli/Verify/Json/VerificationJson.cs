using System.Text.Json;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Json;
using Plumb.Leaks.Comparison;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Verify.Json;

/// <summary>Writes a verification in the format of <c>docs/formats/verify.schema.json</c>.</summary>
internal static class VerificationJson
{
    public static void Write(TextWriter output, LeaksOutcome taken, Verification verification)
    {
        Diagnosis diagnosis = verification.Diagnosis;
        IReadOnlyList<string> fingerprints = LeakFingerprint.Of(diagnosis.Findings);
        var document = new VerificationDocument(
            1,
            taken.Target,
            NameOf(verification.Verdict),
            verification.Reason,
            diagnosis.Snapshots,
            diagnosis.Duration.TotalSeconds,
            diagnosis.Requests,
            [.. verification.Leaks.Select(LeakOf)],
            [.. diagnosis.Findings.Index().Where(one => verification.NewLeaks.Contains(one.Item)).Select(one => NewLeakOf(one.Item, fingerprints[one.Index]))],
            taken.Load is { } load ? LeaksJson.LoadOf(load) : null,
            diagnosis.Notes);
        output.Write(JsonSerializer.Serialize(document, VerificationJsonContext.Default.VerificationDocument));
        output.Write('\n');
    }

    private static VerifiedLeakDocument LeakOf(VerifiedLeak leak) => new(
        leak.Leak.Fingerprint,
        leak.Leak.Function,
        leak.Leak.Title,
        NameOf(leak.Verdict),
        leak.Reason,
        leak.Leak.Resources.Count > 0 ? leak.Leak.Resources[0] : null,
        leak.Leak.Unit,
        leak.IsPerRequest ? "request" : "second",
        Finite(leak.Before),
        Finite(leak.Now.Value),
        Finite(leak.Now.Error));

    private static NewLeakDocument NewLeakOf(Finding finding, string fingerprint) => new(
        fingerprint,
        finding.Function,
        finding.File,
        finding.Line > 0 ? finding.Line : null,
        finding.Pattern,
        finding.Title,
        Finite(finding.PerSecond),
        Finite(finding.PerRequest),
        finding.Confidence);

    private static string NameOf(VerificationVerdict verdict) => verdict switch
    {
        VerificationVerdict.Gone => "gone",
        VerificationVerdict.Leaks => "leaks",
        _ => "unclear",
    };

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? known : null;
}
