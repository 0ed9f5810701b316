using System.Text.Json;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>What <c>plumb leaks --json</c> prints, as far as the tests read it.</summary>
public sealed record LeaksAnswer(string Verdict, string? Reason, int Snapshots, IReadOnlyList<LeaksFinding> Findings)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static LeaksAnswer Parse(string json) => JsonSerializer.Deserialize<LeaksAnswer>(json, Options)!;
}

public sealed record LeaksFinding(
    string Function, string? File, int? Line, string? Pattern, string? Cause, string? Remedy, IReadOnlyList<string>? Resources, double? PerRequest, double? Confidence, string Verdict);
