using System.Globalization;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Watching;
using Plumb.Profiles;

namespace Plumb.Cli.Watch.Displays;

/// <summary>A line now and then, and one for each event, without escapes: for logs.</summary>
internal sealed class PlainWatchDisplay : IWatchDisplay
{
    private static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(10);

    private readonly TextWriter _out;
    private DateTimeOffset? _shown;

    public PlainWatchDisplay(TextWriter output) => _out = output;

    public void Start(WatchState state, WatchOptions options) => Line($"watching {TerminalText.Escape(state.View().Target)}");

    public void Show(WatchSample sample)
    {
        if (sample.At - _shown < s_atMost)
        {
            return;
        }

        _shown = sample.At;
        Line($"{Time(sample.At)}  {string.Join("  ", Figures(sample))}");
    }

    public void Tell(WatchEvent happened) => Line($"{Time(happened.At)}  {WordOf(happened.Kind)} {TerminalText.Escape(happened.Text)}");

    public void Dispose()
    {
    }

    private static List<string> Figures(WatchSample sample)
    {
        (string Name, double Value, string Unit)[] all =
        [
            ("heap", sample.HeapInUseBytes, "bytes"),
            ("rss", sample.ResidentBytes, "bytes"),
            ("goroutines", sample.Goroutines, "count"),
            ("threads", sample.Threads, "count"),
            ("fds", sample.Descriptors, "count"),
            ("cpu", sample.Cores, "count"),
            ("req/s", sample.RequestsPerSecond, "count"),
        ];
        List<string> known = [.. all.Where(one => double.IsFinite(one.Value)).Select(one => $"{one.Name} {Quantity.Of(one.Value, one.Unit)}")];
        return known.Count > 0 ? known : [sample.IsAnswered ? "no figures" : "no answer"];
    }

    private static string WordOf(WatchEventKind kind) => kind switch
    {
        WatchEventKind.Leak => "LEAK:",
        WatchEventKind.Capture => "capture:",
        WatchEventKind.Captured => "captured:",
        WatchEventKind.Restart => "restart:",
        WatchEventKind.Lost => "lost:",
        WatchEventKind.Back => "back:",
        _ => "note:",
    };

    private static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private void Line(string text)
    {
        _out.Write(text + "\n");
        _out.Flush();
    }
}
