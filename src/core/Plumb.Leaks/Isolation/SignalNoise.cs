using Plumb.Leaks.Snapshots;

namespace Plumb.Leaks.Isolation;

/// <summary>How much a service moves while nothing is asked of it, as standard deviations.</summary>
public sealed record SignalNoise(double Goroutines, double Descriptors, double HeapBytes)
{
    // A collection leaves behind what was being allocated while it ran: the profile itself, timers, a log line.
    private const double LeastHeapBytes = 32 << 10;

    /// <summary>Measured on snapshots between which the service was left alone.</summary>
    public static SignalNoise Of(IReadOnlyList<Snapshot> idle)
    {
        ArgumentNullException.ThrowIfNull(idle);
        double goroutines = 1;
        double descriptors = 1;
        double heap = LeastHeapBytes;
        for (int i = 1; i < idle.Count; i++)
        {
            foreach (SignalReading reading in RoundSignals.Differences(idle[i - 1], idle[i], mainModule: null))
            {
                double moved = Math.Abs(reading.Growth);
                (goroutines, descriptors, heap) = reading.Signal.Kind switch
                {
                    SignalKind.Goroutines => (Math.Max(goroutines, moved), descriptors, heap),
                    SignalKind.Descriptors => (goroutines, Math.Max(descriptors, moved), heap),
                    _ => (goroutines, descriptors, Math.Max(heap, moved)),
                };
            }
        }

        return new SignalNoise(goroutines, descriptors, heap);
    }

    internal double Of(SignalKind kind) => kind switch
    {
        SignalKind.Goroutines => Goroutines,
        SignalKind.Descriptors => Descriptors,
        _ => HeapBytes,
    };
}
