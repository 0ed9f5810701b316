using Plumb.Collectors.Loading;
using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Leaks;

/// <summary>A finished run.</summary>
/// <param name="Target">What was judged, as the user knows it, without credentials.</param>
/// <param name="Diagnosis">The answer.</param>
/// <param name="Load">What Plumb's own load did; null when there was none.</param>
internal sealed record LeaksOutcome(string Target, Diagnosis Diagnosis, LoadReport? Load);
