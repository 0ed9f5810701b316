using Plumb.Leaks.Snapshots;

namespace Plumb.Leaks.Suspects;

/// <summary>
/// What the runtime of .NET explains of a process's resident memory: what its collector keeps, live or not, and the code that it compiles
/// while a service warms up. What is left is memory of native libraries, of the runtime's own tables, and of what leaks outside the heap.
/// </summary>
internal static class ManagedMemory
{
    /// <summary>Code, its tables and the stubs around it: services of the lab take 5 to 10 KiB for each method that they compile.</summary>
    private const double MostBytesPerMethod = 16 * 1024;

    /// <summary>Resident memory less what is explained, at each snapshot; null when no snapshot has the runtime's figures.</summary>
    public static double[]? Unexplained(IReadOnlyList<Snapshot> snapshots)
    {
        if (!snapshots.Any(s => double.IsFinite(s.Metric(MetricNames.DotNetCommittedBytes)))) return null;
        var atFirst = snapshots.Select(Compiled).Min();
        return [.. snapshots.Select(s => s.Metric(MetricNames.RssBytes) - s.Metric(MetricNames.DotNetCommittedBytes) - MostBytesPerMethod * (Compiled(s) - atFirst))];
    }

    private static double Compiled(Snapshot snapshot) => snapshot.Metric(MetricNames.DotNetCompiledMethods) is var methods && double.IsFinite(methods) ? methods : 0;
}
