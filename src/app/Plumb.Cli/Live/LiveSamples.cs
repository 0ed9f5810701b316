using Plumb.Collectors.Watching;
using Plumb.Web.Live;

namespace Plumb.Cli.Live;

/// <summary>The samples of a watch as the page shows them.</summary>
internal static class LiveSamples
{
    private static readonly (LiveFigure Figure, Func<WatchSample, double> Value)[] s_figures =
    [
        (LiveFigure.HeapInUse, sample => sample.HeapInUseBytes),
        (LiveFigure.HeapIdle, sample => sample.HeapIdleBytes),
        (LiveFigure.RuntimeMemory, sample => sample.SystemBytes),
        (LiveFigure.NextCollection, sample => sample.NextCollectionBytes),
        (LiveFigure.Resident, sample => sample.ResidentBytes),
        (LiveFigure.Goroutines, sample => sample.Goroutines),
        (LiveFigure.Threads, sample => sample.Threads),
        (LiveFigure.Descriptors, sample => sample.Descriptors),
        (LiveFigure.Cores, sample => sample.Cores),
        (LiveFigure.Requests, sample => sample.RequestsPerSecond),
        (LiveFigure.Collections, sample => sample.Collections),
        (LiveFigure.Pause, sample => sample.PauseSeconds),
        (LiveFigure.MemoryLimit, sample => sample.MemoryLimitBytes),
        (LiveFigure.DescriptorLimit, sample => sample.DescriptorLimit),
    ];

    // Of a service that does not answer nothing is known, whatever was known last.
    public static LiveSample Of(WatchSample sample) => new(sample.At, sample.IsAnswered)
    {
        Figures = sample.IsAnswered
            ? s_figures.Select(one => (one.Figure, Value: one.Value(sample))).Where(one => double.IsFinite(one.Value)).ToDictionary(one => one.Figure, one => one.Value)
            : [],
        Connections = sample.IsAnswered ? sample.Connections : new Dictionary<string, double>(),
    };
}
