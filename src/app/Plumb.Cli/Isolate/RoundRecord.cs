using Plumb.Leaks.Isolation;

namespace Plumb.Cli.Isolate;

/// <summary>A round that was made.</summary>
/// <param name="Round">What was asked for.</param>
/// <param name="RequestsPerRoute">What each route really got.</param>
/// <param name="Errors">Requests that failed.</param>
/// <param name="Readings">What grew.</param>
internal sealed record RoundRecord(IsolationRound Round, int RequestsPerRoute, long Errors, IReadOnlyList<SignalReading> Readings)
{
    /// <summary>The growth of everything of a kind; null when it was not measured.</summary>
    public double? Growth(SignalKind kind)
    {
        List<SignalReading> readings = [.. Readings.Where(reading => reading.Signal.Kind == kind)];
        return readings.Count == 0 && kind != SignalKind.Goroutines ? null : readings.Sum(reading => reading.Growth);
    }
}
