using System.Globalization;
using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Loading.Requests;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli.Stress.Progress;

/// <summary>Rate, latencies and errors on the terminal behind stderr, redrawn in place and taken away at the end.</summary>
internal sealed class LiveDisplay : IStressDisplay
{
    private const int BarWidth = 40;
    private const int OtherColumns = 56;

    private readonly LiveArea _area;
    private StressOptions _options = new();
    private string _headline = "";
    private LoadTicker? _load;

    public LiveDisplay(bool useColor) => _area = new LiveArea(useColor, Draw);

    public void Start(StressOptions options, RequestMix mix, LoadGenerator load)
    {
        _options = options;
        _headline = Headline.Of(mix);
        _load = new LoadTicker(load);
        _area.Start();
    }

    public void Dispose() => _area.Dispose();

    private Rows Draw()
    {
        LoadTicker load = _load!;
        load.Tick();
        IRenderable[] rows =
        [
            Text.Empty,
            new Markup($"  [bold]loading[/] {Markup.Escape(_headline)}").Overflow(Overflow.Ellipsis),
            Bar(load.Total),
            Text.Empty,
            Figures(load),
            new Markup("\n  [dim]Ctrl-C ends the load with its report[/]"),
        ];
        return new Rows(rows);
    }

    private Markup Bar(LoadReport total)
    {
        double byTime = _options.Duration is { } duration ? total.Elapsed / duration : 0;
        double byCount = _options.Requests is { } requests ? (double)total.Ended / requests : 0;
        double share = Math.Clamp(Math.Max(byTime, byCount), 0, 1);
        int done = (int)(share * BarWidth);
        string left = _options.Duration is { } whole && whole > total.Elapsed && byTime >= byCount
            ? $"{Quantity.Duration(TimeSpan.FromSeconds(Math.Ceiling((whole - total.Elapsed).TotalSeconds)))} left"
            : "";
        return new Markup($"  [blue]{new string('━', done)}[/][grey35]{new string('━', BarWidth - done)}[/]  [dim]{left}[/]");
    }

    private Grid Figures(LoadTicker load)
    {
        LoadReport total = load.Total;
        int width = Math.Clamp(_area.Width - OtherColumns, 8, 40);
        Grid grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(1))
            .AddColumn(new GridColumn().NoWrap().RightAligned().Width(12).PadRight(2))
            .AddColumn(new GridColumn().NoWrap().Width(width).PadRight(2))
            .AddColumn(new GridColumn().NoWrap().PadRight(0));
        string asked = _options.Rate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"of {rate:0.##} asked for") : "";
        Add(grid, "rate", string.Create(CultureInfo.InvariantCulture, $"{load.RatePerSecond:0}/s"), Sparkline.Of(load.Rates, width), asked);
        Add(grid, "p95", Quantity.Milliseconds(load.P95), Sparkline.Of(load.Latencies, width), Tail(total));
        Add(grid, "requests", Quantity.Count(total.Ended), "", total.Late > 0 ? $"{Quantity.Count(total.Late)} due and not sent" : "");
        bool failing = total.Errors > 0;
        grid.AddRow(
            new Text("errors"),
            new Markup($"[{(failing ? "bold red" : "bold")}]{Quantity.Count(total.Errors)}[/]"),
            Text.Empty,
            new Text(failing ? LoadText.Errors(total) : "").Overflow(Overflow.Ellipsis));
        return grid;
    }

    private static string Tail(LoadReport total) => total.Latencies.Count == 0 ? ""
        : $"p50 {Quantity.Milliseconds(total.Latencies.Quantile(0.5))} · p99 {Quantity.Milliseconds(total.Latencies.Quantile(0.99))}";

    private static void Add(Grid grid, string name, string value, string spark, string tail) => grid.AddRow(
        new Text(name), new Markup($"[bold]{Markup.Escape(value)}[/]"), new Markup($"[blue]{spark}[/]"), new Markup($"[dim]{Markup.Escape(tail)}[/]"));
}
