using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;
using Plumb.Leaks.Growth;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli.Leaks.Progress;

/// <summary>A live line for each metric on the terminal behind stderr, redrawn in place and taken away at the end.</summary>
internal sealed class LiveProgress : IProgressDisplay
{
    private const int MaxSparkWidth = 30;
    private const int OtherColumns = 62;
    private const int BarWidth = 40;
    private const int NoteLines = 3;
    private const int MaxSlopePoints = 200;

    private static readonly (string Name, string Unit, Func<SnapshotFigures, double> Value)[] s_metrics =
    [
        ("goroutines", "count", figures => figures.Goroutines),
        ("heap in use", "bytes", figures => figures.HeapBytes),
        ("memory (RSS)", "bytes", figures => figures.RssBytes),
        ("descriptors", "count", figures => figures.Descriptors),
        ("TCP sockets", "count", figures => figures.Connections),
        ("threads", "count", figures => figures.Threads),
    ];

    private readonly LiveArea _area;
    private readonly Lock _lock = new();
    private readonly List<SnapshotFigures> _points = [];
    private readonly List<string> _notes = [];
    private readonly TimeProvider _time = TimeProvider.System;
    private string _target = "";
    private RecordingPlan? _plan;
    private LoadTicker? _load;
    private long _started;
    private bool _judging;

    public LiveProgress(bool useColor) => _area = new LiveArea(useColor, Draw);

    public void Start(string target, RecordingPlan plan, LoadGenerator? load)
    {
        _target = TerminalText.Escape(target);
        _plan = plan;
        _load = load is null ? null : new LoadTicker(load);
        _started = _time.GetTimestamp();
        _area.Start();
    }

    public void Add(Snapshot snapshot)
    {
        var figures = SnapshotFigures.Of(snapshot);
        lock (_lock)
        {
            _points.Add(figures);
            foreach (string note in snapshot.Notes)
            {
                if (!_notes.Contains(note))
                {
                    _notes.Add(note);
                }
            }
        }
    }

    public void Judge()
    {
        lock (_lock)
        {
            _judging = true;
        }
    }

    public void Dispose() => _area.Dispose();

    private Rows Draw()
    {
        lock (_lock)
        {
            List<IRenderable> rows = [Text.Empty, Headline(), Bar(), Text.Empty, Metrics()];
            foreach (string note in _notes.TakeLast(NoteLines))
            {
                rows.Add(new Markup($"  [yellow]{Markup.Escape(TerminalText.Escape(note))}[/]").Overflow(Overflow.Ellipsis));
            }

            rows.Add(new Markup(_judging ? "\n  [dim]judging what was seen …[/]" : "\n  [dim]Ctrl-C judges what was seen so far[/]"));
            return new Rows(rows);
        }
    }

    private Markup Headline()
    {
        string snapshots = string.Create(CultureInfo.InvariantCulture, $"snapshot {_points.Count} of {_plan!.Snapshots}");
        return new Markup($"  [bold]watching[/] {Markup.Escape(_target)}  [dim]{snapshots}[/]").Overflow(Overflow.Ellipsis);
    }

    private Markup Bar()
    {
        TimeSpan elapsed = _time.GetElapsedTime(_started);
        TimeSpan whole = _plan!.Duration;
        int done = (int)(Math.Min(1, elapsed / whole) * BarWidth);
        string left = elapsed < whole ? $"{Quantity.Duration(TimeSpan.FromSeconds(Math.Ceiling((whole - elapsed).TotalSeconds)))} left" : "";
        return new Markup($"  [blue]{new string('━', done)}[/][grey35]{new string('━', BarWidth - done)}[/]  [dim]{left}[/]");
    }

    private int SparkWidth => Math.Clamp(_area.Width - OtherColumns, 8, MaxSparkWidth);

    private Grid Metrics()
    {
        Grid grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(1))
            .AddColumn(new GridColumn().NoWrap().RightAligned().Width(11).PadRight(2))
            .AddColumn(new GridColumn().NoWrap().Width(SparkWidth).PadRight(2))
            .AddColumn(new GridColumn().NoWrap().PadRight(0));
        foreach ((string name, string unit, Func<SnapshotFigures, double> value) in s_metrics)
        {
            AddMetric(grid, name, unit, [.. _points.Select(value)]);
        }

        AddLoad(grid);
        return grid;
    }

    private void AddMetric(Grid grid, string name, string unit, double[] values)
    {
        if (!values.Any(double.IsFinite))
        {
            return;
        }

        grid.AddRow(
            new Text(name),
            new Markup($"[bold]{Quantity.Of(values.Last(double.IsFinite), unit)}[/]"),
            new Markup($"[blue]{Sparkline.Of(values, SparkWidth)}[/]"),
            new Text(RateOf(values, unit)));
    }

    // The same line through the points as the verdict's, over the latest of them.
    private string RateOf(double[] values, string unit)
    {
        List<double> x = [];
        List<double> y = [];
        for (int i = Math.Max(0, values.Length - MaxSlopePoints); i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
            {
                x.Add((_points[i].At - _points[0].At).TotalSeconds);
                y.Add(values[i]);
            }
        }

        return y.Count < 3 ? "" : Quantity.Rate(TheilSen.Fit(x.ToArray(), y.ToArray()).Slope, unit);
    }

    private void AddLoad(Grid grid)
    {
        if (_load is not { } load)
        {
            return;
        }

        load.Tick();
        bool failing = load.Total.Errors > 0;
        grid.AddRow(
            new Text("load"),
            new Markup(string.Create(CultureInfo.InvariantCulture, $"[bold]{load.RatePerSecond:0} req/s[/]")),
            new Markup($"[blue]{Sparkline.Of(load.Latencies, SparkWidth)}[/]"),
            new Markup($"p95 {Quantity.Milliseconds(load.P95)} · [{(failing ? "red" : "default")}]{LoadText.Errors(load.Total)}[/]"));
    }
}
