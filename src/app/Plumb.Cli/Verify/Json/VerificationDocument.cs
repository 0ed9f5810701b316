using Plumb.Cli.Leaks.Json;

namespace Plumb.Cli.Verify.Json;

// What `plumb verify --json` prints; docs/formats/verify.schema.json describes it.

internal sealed record VerificationDocument(
    int Schema,
    string Target,
    string Verdict,
    string Reason,
    int Snapshots,
    double DurationSeconds,
    double? Requests,
    IReadOnlyList<VerifiedLeakDocument> Leaks,
    IReadOnlyList<NewLeakDocument> NewLeaks,
    LoadDocument? Load,
    IReadOnlyList<string> Notes);

internal sealed record VerifiedLeakDocument(
    string Fingerprint, string Function, string Title, string Verdict, string Reason, string? Resource, string Unit, string Per, double? Before, double? Now, double? NowError);

internal sealed record NewLeakDocument(
    string Fingerprint, string Function, string? File, int? Line, string? Pattern, string Title, double? PerSecond, double? PerRequest, double Confidence);
