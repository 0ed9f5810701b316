using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Comparison;

/// <summary>What became of a leak.</summary>
/// <param name="Leak">As it was.</param>
/// <param name="Verdict">What it is now.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="IsPerRequest">Whether the figures are by the request; else by the second.</param>
/// <param name="Before">Its growth then.</param>
/// <param name="Now">Growth of the same thing now; of the whole process where its own stacks are not to be found.</param>
/// <param name="Finding">The finding that it is now; null when there is none.</param>
public sealed record VerifiedLeak(EarlierLeak Leak, VerificationVerdict Verdict, string Reason, bool IsPerRequest, double Before, Estimate Now, Finding? Finding);
