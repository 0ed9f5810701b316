using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Leaks.Isolation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli.Isolate.Progress;

/// <summary>The rounds as a table on the terminal behind stderr, and what is known so far; redrawn in place and taken away at the end.</summary>
internal sealed class LiveIsolateDisplay : IIsolateDisplay
{
    private const int ShownRounds = 10;
    private const int ShownRoutes = 6;
    private const int RouteWidth = 60;
    private const int LeakHead = 12;
    private const int LeastWidth = 10;
    private static readonly string[] s_heads = ["round", "", "routes", "requests", "goroutines", "descriptors", "live heap"];

    private readonly LiveArea _area;
    private readonly Lock _lock = new();
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly List<RoundRecord> _rounds = [];
    private IReadOnlyList<string> _routes = [];
    private IsolatePlan? _plan;
    private IsolationRound? _current;
    private IsolationResult? _known;
    private IReadOnlyList<int>? _judged;
    private string _target = "";
    private long _started;

    public LiveIsolateDisplay(bool useColor) => _area = new LiveArea(useColor, Draw);

    public void Start(string target, IReadOnlyList<string> routes, IsolatePlan plan)
    {
        _target = Ellipsis.End(target, 100);
        _routes = routes;
        _plan = plan;
        _started = _time.GetTimestamp();
        _area.Start();
    }

    public void WarmUp()
    {
    }

    public void Begin(IsolationRound round)
    {
        lock (_lock)
        {
            _current = round;
        }
    }

    public void End(RoundRecord record, IsolationResult known)
    {
        lock (_lock)
        {
            _current = null;
            _rounds.Add(record);
            _known = known;
        }
    }

    public void Judge(IReadOnlyList<int> routes)
    {
        lock (_lock)
        {
            _judged = routes;
        }
    }

    public void Dispose() => _area.Dispose();

    private Rows Draw()
    {
        lock (_lock)
        {
            List<IRenderable> rows = [Text.Empty, new Markup($"  [bold]isolating[/] {Markup.Escape(_target)}  [dim]{Elapsed()}[/]").Overflow(Overflow.Ellipsis)];
            rows.AddRange(_plan!.Lines().Select(line => new Markup($"  [dim]{Markup.Escape(line)}[/]")));
            rows.Add(Text.Empty);
            rows.Add(Rounds());
            rows.AddRange(Known());
            if (_judged is { } judged)
            {
                rows.Add(new Markup($"\n  looking for the line of {Markup.Escape(Names(judged))}").Overflow(Overflow.Ellipsis));
            }

            rows.Add(new Markup("\n  [dim]Ctrl-C ends the search with what is known[/]"));
            return new Rows(rows);
        }
    }

    private string Elapsed() => Quantity.Duration(TimeSpan.FromSeconds(Math.Floor(_time.GetElapsedTime(_started).TotalSeconds)));

    private Grid Rounds()
    {
        Grid grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().RightAligned().PadLeft(2).PadRight(2))
            .AddColumn(new GridColumn().NoWrap().Width(9).PadRight(2))
            .AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(2))
            .AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(2))
            .AddColumn(new GridColumn().NoWrap().RightAligned().Width(11).PadRight(2))
            .AddColumn(new GridColumn().NoWrap().RightAligned().Width(11).PadRight(2))
            .AddColumn(new GridColumn().NoWrap().RightAligned().Width(11).PadRight(0));
        grid.AddRow([.. s_heads.Select(head => (IRenderable)new Markup($"[dim]{head}[/]"))]);
        foreach (RoundRecord record in _rounds.TakeLast(ShownRounds))
        {
            grid.AddRow(
                Number(record.Round.Number),
                new Text(PurposeText.Of(record.Round.Purpose)),
                Number(record.Round.Routes.Count),
                Number((long)record.RequestsPerRoute * record.Round.Routes.Count),
                Growth(record, SignalKind.Goroutines),
                Growth(record, SignalKind.Descriptors),
                Growth(record, SignalKind.HeapBytes));
        }

        if (_current is { } current)
        {
            grid.AddRow(Number(current.Number), new Text(PurposeText.Of(current.Purpose)), Number(current.Routes.Count), new Markup("[dim]…[/]"), Text.Empty, Text.Empty, Text.Empty);
        }
        else if (_rounds.Count == 0)
        {
            grid.AddRow(new Text(""), new Markup("[dim]warming up[/]"), Number(_routes.Count), new Markup("[dim]…[/]"), Text.Empty, Text.Empty, Text.Empty);
        }

        return grid;
    }

    private IEnumerable<IRenderable> Known()
    {
        if (_known is not { } known || (known.Leaking.Count == 0 && known.Suspected.Count == 0))
        {
            yield break;
        }

        yield return Text.Empty;
        foreach (LeakingRoutes leak in known.Leaking.Take(ShownRoutes))
        {
            // Cut here: a line that Spectre breaks in two is not shortened by it.
            string names = Ellipsis.End(Names(leak.Routes), Math.Max(LeastWidth, _area.Width - LeakHead));
            string signal = Ellipsis.End(SignalText.Of(leak.Signals[0]), Math.Max(LeastWidth, _area.Width - LeakHead - names.Length));
            yield return new Markup($"  [bold red]leaks[/]  {Markup.Escape(names)}  [dim]{Markup.Escape(signal)}[/]").Overflow(Overflow.Ellipsis);
        }

        if (known.Suspected.Count > 0)
        {
            string among = string.Join(", ", known.Suspected.Take(ShownRoutes).Select(route => Ellipsis.Middle(_routes[route], RouteWidth)));
            string more = known.Suspected.Count > ShownRoutes ? string.Create(CultureInfo.InvariantCulture, $" and {known.Suspected.Count - ShownRoutes} more") : "";
            yield return new Markup($"  [yellow]among[/]  {Markup.Escape(among + more)}").Overflow(Overflow.Ellipsis);
        }
    }

    private string Names(IReadOnlyList<int> routes) => string.Join(" + ", routes.Select(route => Ellipsis.Middle(_routes[route], RouteWidth)));

    private static Text Number(long number) => new(number.ToString("#,0", CultureInfo.InvariantCulture));

    private static Markup Growth(RoundRecord record, SignalKind kind)
    {
        bool grows = record.Readings.Any(reading => reading.Signal.Kind == kind && reading.Growth > 4 * reading.Noise);
        return new Markup($"[{(grows ? "red" : "default")}]{Markup.Escape(SignalText.Growth(record.Growth(kind), kind))}[/]");
    }
}
