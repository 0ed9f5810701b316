using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Comparison;

/// <summary>Whether a mend worked. Only values: whoever shows it computes nothing.</summary>
public sealed record Verification
{
    public required VerificationVerdict Verdict { get; init; }

    /// <summary>The verdict in a sentence.</summary>
    public required string Reason { get; init; }

    public required IReadOnlyList<VerifiedLeak> Leaks { get; init; }

    /// <summary>Leaks that the earlier report did not know.</summary>
    public required IReadOnlyList<Finding> NewLeaks { get; init; }

    /// <summary>What is found now, by itself.</summary>
    public required Diagnosis Diagnosis { get; init; }
}
