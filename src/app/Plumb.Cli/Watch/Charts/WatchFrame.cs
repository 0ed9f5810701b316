using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Watching;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Watching;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli.Watch.Charts;

/// <summary>A whole screen: what is watched, what was found, the charts, what happened. As many lines as fit, none wider than the screen.</summary>
internal sealed class WatchFrame
{
    private const int Between = 2;
    private const int LeastPanelWidth = 34;
    private const int MostColumns = 3;
    private const int LeastPanelHeight = 4;
    private const int MostPanelHeight = 12;
    private const int MostLeaks = 3;
    private const int MostEvents = 3;
    private static readonly Style s_dim = new(decoration: Decoration.Dim);

    private readonly WatchView _view;
    private readonly DateTimeOffset _now;
    private readonly int _width;
    private readonly int _height;

    public WatchFrame(WatchView view, DateTimeOffset now, int width, int height)
    {
        _view = view;
        _now = now;
        _width = Math.Max(20, width);
        _height = Math.Max(6, height);
    }

    public IReadOnlyList<List<Segment>> Render()
    {
        List<List<Segment>> head = [Headline(), .. Growth()];
        List<List<Segment>> foot = [.. Events(), Footer()];
        int left = Math.Max(0, _height - head.Count - foot.Count);
        List<List<Segment>> charts = [.. Charts(left).Take(left)];
        return [.. head.Concat(charts).Concat(foot).Take(_height).Select(Cut)];
    }

    private List<Segment> Headline()
    {
        WatchSample? last = _view.Samples.Count > 0 ? _view.Samples[^1] : null;
        string process = last is { ProcessId: var id } && double.IsFinite(id) ? string.Create(CultureInfo.InvariantCulture, $" · process {id:0}") : "";
        string span = Quantity.Duration(TimeSpan.FromSeconds(Math.Floor((_now - _view.Started).TotalSeconds)));
        return
        [
            new Segment("plumb watch ", new Style(decoration: Decoration.Bold)),
            new Segment(Ellipsis.Middle(_view.Target, Math.Max(20, _width / 2))),
            new Segment(string.Create(CultureInfo.InvariantCulture, $"{process} · {span} · {_view.Snapshots} snapshots"), s_dim),
        ];
    }

    private IEnumerable<List<Segment>> Growth()
    {
        WatchedGrowth growth = _view.Growth;
        List<WatchedLeak> current = [.. growth.Current];
        if (_view.Samples is [.., { IsAnswered: false }])
        {
            yield return Said("●", Color.Red, "no answer; looking on");
        }
        else if (current.Count == 0)
        {
            yield return growth.Verdict switch
            {
                LeakVerdict.Suspicious => Said("●", Color.Yellow, $"suspicious: {growth.Reason}"),
                LeakVerdict.None => Said("●", Color.Green, growth.Reason),
                _ => Said("●", Color.Grey, growth.Reason),
            };
        }

        foreach (WatchedLeak leak in current.Take(MostLeaks))
        {
            string place = leak.Finding.File is { } file && leak.Finding.Line > 0 ? $" {Phrases.Place(Phrases.ShortPath(file), leak.Finding.Line)}" : "";
            yield return Said("▲", Color.Red, $"LEAK {Ellipsis.Middle(leak.Finding.Function, 60)}{place} · {Phrases.Growth(leak.Finding)} · {leak.Finding.Title}");
        }

        if (growth.Forecast is { } forecast)
        {
            string range = forecast.Latest is { } latest ? $" ({Quantity.Duration(forecast.Earliest)} to {Quantity.Duration(latest)})" : "";
            yield return Said("◷", Color.Yellow, $"{forecast.LimitName} in {Quantity.Duration(forecast.TimeToLimit)}{range} if it goes on");
        }
    }

    private IEnumerable<List<Segment>> Charts(int height)
    {
        IReadOnlyList<WatchSample> samples = _view.Samples;
        IReadOnlyList<ChartPanel> panels = WatchPanels.Of(samples);
        int columns = Math.Clamp((_width + Between) / (LeastPanelWidth + Between), 1, MostColumns);
        columns = columns == MostColumns && _width < 150 ? 2 : columns;
        int width = (_width - (Between * (columns - 1))) / columns;
        // Where not all of them fit, the first ones are shown: memory and goroutines.
        int rows = Math.Clamp(height / LeastPanelHeight, 1, (panels.Count + columns - 1) / columns);
        int each = Math.Clamp(height / rows, LeastPanelHeight, MostPanelHeight);
        var time = new ChartTime([.. samples.Select(sample => (sample.At - _view.Started).TotalSeconds)]);
        List<ChartMark> marks = [.. Marks()];
        for (int first = 0; first < Math.Min(panels.Count, rows * columns); first += columns)
        {
            List<List<List<Segment>>> row = [.. panels.Skip(first).Take(columns).Select(panel => panel.Render(time, marks, width, each))];
            for (int line = 0; line < each; line++)
            {
                List<Segment> whole = [];
                foreach (List<List<Segment>> panel in row.Where(panel => line < panel.Count))
                {
                    whole.AddRange([.. whole.Count > 0 ? [new Segment(new string(' ', Between))] : (Segment[])[], .. panel[line]]);
                }

                yield return whole;
            }
        }
    }

    private IEnumerable<ChartMark> Marks() => _view.Events
        .Where(one => one.Kind is not (WatchEventKind.Note or WatchEventKind.Back or WatchEventKind.Captured))
        .Select(one => new ChartMark((one.At - _view.Started).TotalSeconds, ColourOf(one.Kind)));

    private IEnumerable<List<Segment>> Events() => _view.Events.TakeLast(MostEvents).Select(one => Said(
        one.Kind is WatchEventKind.Note or WatchEventKind.Back or WatchEventKind.Captured ? " " : "┊",
        ColourOf(one.Kind),
        string.Create(CultureInfo.InvariantCulture, $"{one.At.ToLocalTime():HH:mm:ss} {one.Text}")));

    private List<Segment> Footer() =>
        [new Segment(_view.IsCapturing ? "capturing evidence …  " : "", new Style(Color.Aqua)), new Segment("c captures evidence now · q or Ctrl-C ends", s_dim)];

    private List<Segment> Said(string mark, Color colour, string text) => [new Segment(mark + " ", new Style(colour)), new Segment(Ellipsis.End(text, _width - 2))];

    private static Color ColourOf(WatchEventKind kind) => kind switch
    {
        WatchEventKind.Leak or WatchEventKind.Lost => Color.Red,
        WatchEventKind.Capture or WatchEventKind.Captured => Color.Aqua,
        WatchEventKind.Restart => Color.Yellow,
        _ => Color.Grey,
    };

    private List<Segment> Cut(List<Segment> line)
    {
        List<Segment> cut = [];
        int used = 0;
        foreach (Segment segment in line.TakeWhile(_ => used < _width))
        {
            string text = segment.Text.Length <= _width - used ? segment.Text : segment.Text[..(_width - used)];
            cut.Add(new Segment(text, segment.Style));
            used += text.Length;
        }

        return cut;
    }
}
