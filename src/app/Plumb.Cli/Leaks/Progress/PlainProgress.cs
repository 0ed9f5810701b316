using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;

namespace Plumb.Cli.Leaks.Progress;

/// <summary>A line for each snapshot, without escapes: for logs.</summary>
internal sealed class PlainProgress : IProgressDisplay
{
    private readonly TextWriter _out;
    private readonly string _prefix;
    private readonly HashSet<string> _noted = new(StringComparer.Ordinal);
    private RecordingPlan? _plan;
    private LoadGenerator? _load;

    /// <param name="output">Where the lines go.</param>
    /// <param name="prefix">What every line begins with, where several series are taken at once.</param>
    public PlainProgress(TextWriter output, string prefix = "")
    {
        _out = output;
        _prefix = prefix;
    }

    public void Start(string target, RecordingPlan plan, LoadGenerator? load)
    {
        _plan = plan;
        _load = load;
        _out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_prefix}watching {TerminalText.Escape(target)}: {plan.Snapshots} snapshots in {Quantity.Duration(plan.Duration)}"));
    }

    public void Add(Snapshot snapshot)
    {
        string load = _load is null ? "" : $", {Quantity.Count(_load.Report.Ended)} requests";
        _out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_prefix}snapshot {snapshot.Seq + 1} of {_plan?.Snapshots}: {string.Join(", ", Figures(SnapshotFigures.Of(snapshot)))}{load}"));
        // What is wrong with one snapshot is usually wrong with the next: it is said once.
        foreach (string note in snapshot.Notes.Where(_noted.Add))
        {
            _out.WriteLine($"{_prefix}  {TerminalText.Escape(note)}");
        }
    }

    public void Judge()
    {
    }

    public void Dispose()
    {
    }

    private static List<string> Figures(SnapshotFigures figures)
    {
        (string Name, double Value, string Unit)[] all =
        [
            ("goroutines", figures.Goroutines, "count"),
            ("heap", figures.HeapBytes, "bytes"),
            ("rss", figures.RssBytes, "bytes"),
            ("fds", figures.Descriptors, "count"),
        ];
        List<string> known = [.. all.Where(figure => double.IsFinite(figure.Value)).Select(figure => $"{figure.Name} {Quantity.Of(figure.Value, figure.Unit)}")];
        return known.Count > 0 ? known : ["failed"];
    }
}
