using Plumb.Leaks.Diagnoses;

namespace Plumb.Leaks.Comparison;

/// <summary>One of the two that are compared: how much of it was seen.</summary>
/// <param name="Snapshots">Of its longest life.</param>
/// <param name="Duration">From the first to the last of them.</param>
/// <param name="Requests">Served in that time; null when nobody counted them.</param>
/// <param name="Diagnosis">What is found when it is looked at alone.</param>
public sealed record ComparedSide(int Snapshots, TimeSpan Duration, double? Requests, Diagnosis Diagnosis)
{
    public double? RequestsPerSecond => Requests is { } requests && Duration > TimeSpan.Zero ? requests / Duration.TotalSeconds : null;
}
