using Plumb.Fuzz.Targets;

namespace Plumb.Fuzz;

/// <summary>All that reads what comes from outside.</summary>
public static class FuzzTargets
{
    public static FuzzTarget Profiles { get; } = new ProfileTarget();

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Profiles, new ReportTarget(), new PatternTarget(), new ElfTarget(), new PdbTarget(), new MachineTarget(), new RequestTarget(), new MetricsTarget(), new TraceTarget(),
        new SeriesTarget(),
    ];
}
