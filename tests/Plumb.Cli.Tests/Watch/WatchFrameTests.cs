using Plumb.Cli.Watch;
using Plumb.Cli.Watch.Charts;
using Plumb.Cli.Watch.Displays;
using Plumb.Collectors.Watching;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Watching;

namespace Plumb.Cli.Tests.Watch;

public sealed class WatchFrameTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(120, 40)]
    [InlineData(80, 24)]
    [InlineData(200, 60)]
    [InlineData(50, 20)]
    [InlineData(20, 6)]
    [InlineData(1, 1)]
    public void A_frame_fits_the_screen_whatever_its_size(int width, int height)
    {
        string[] lines = Lines(View(samples: 200), width, height);
        Assert.InRange(lines.Length, 1, Math.Max(6, height));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, Math.Max(20, width)));
        Assert.StartsWith("plumb watch", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("c captures", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_chart_has_its_latest_figures_in_the_legend()
    {
        string frame = string.Join('\n', Lines(View(samples: 30), 120, 40));
        Assert.All(
            (string[])["RSS 40M", "in use 12M", "idle 3M", "sys 31M", "next GC 24M", "limit 64M", "now 129", "threads 7", "open 20", "CLOSE_WAIT 4", "cores 0.50", "longest 250µs", "requests/s"],
            legend => Assert.Contains(legend, frame, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_known_is_no_line_and_what_nobody_counts_no_chart()
    {
        WatchView view = View(samples: 5);
        view = view with { Samples = [.. view.Samples.Select(sample => new WatchSample { At = sample.At, Goroutines = 5 })] };
        string frame = string.Join('\n', Lines(view, 120, 40));
        Assert.DoesNotContain("RSS", frame, StringComparison.Ordinal);
        Assert.DoesNotContain("requests/s", frame, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", frame, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leak_is_marked_in_every_chart_and_named_above_them()
    {
        var finding = new Finding
        {
            Function = "main.(*broker).ask\u001b[2J",
            File = "/src/broker.go",
            Line = 51,
            Title = "A goroutine waits for ever",
            Cause = "",
            Remedy = "",
            Resources = ["goroutine"],
            PerSecond = 20,
            Confidence = 0.9,
            Verdict = LeakVerdict.Leak,
        };
        DateTimeOffset found = s_start.AddSeconds(20);
        WatchView view = View(samples: 60) with
        {
            Growth = new WatchedGrowth { Verdict = LeakVerdict.Leak, Reason = "", Leaks = [new WatchedLeak(finding, found, found)], At = found },
            Events = [new WatchEvent(found, WatchEventKind.Leak, "main.(*broker).ask leaks")],
        };
        string[] lines = Lines(view, 120, 40);
        Assert.Contains(lines, line => line.StartsWith("▲ LEAK main.(*broker).ask", StringComparison.Ordinal) && line.Contains("src/broker.go:51 · +20 goroutines/s", StringComparison.Ordinal));
        Assert.InRange(lines.Count(line => line.Contains('┊')), 20, 40);
        Assert.DoesNotContain('\u001b', string.Join('\n', lines));
    }

    [Fact]
    public void The_escape_sequences_of_a_frame_draw_over_the_one_before()
    {
        string text = LiveWatchDisplay.FrameText(new WatchFrame(View(samples: 3), s_start.AddSeconds(3), 80, 24), new WatchOptions { Target = "x", NoColor = true });
        Assert.StartsWith("\u001b[?2026h\u001b[H", text, StringComparison.Ordinal);
        Assert.EndsWith("\u001b[J\u001b[?2026l", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[38", text, StringComparison.Ordinal);
        Assert.Equal(text.Split("\r\n").Length, text.Split("\u001b[K").Length - 1);
    }

    [Theory]
    [InlineData(0, nameof(ChartUnit.Count), 1)]
    [InlineData(double.NaN, nameof(ChartUnit.Bytes), 1 << 20)]
    [InlineData(7, nameof(ChartUnit.Count), 8)]
    [InlineData(8, nameof(ChartUnit.Count), 8)]
    [InlineData(129, nameof(ChartUnit.Count), 150)]
    [InlineData(41 << 20, nameof(ChartUnit.Bytes), 50 << 20)]
    [InlineData(0.25e-3, nameof(ChartUnit.Seconds), 0.3e-3)]
    public void The_top_of_a_chart_is_a_round_figure(double highest, string unit, double top) => Assert.Equal(top, ChartScale.Top(highest, Enum.Parse<ChartUnit>(unit)), 9);

    [Theory]
    [InlineData(12.34e6, nameof(ChartUnit.Bytes), "11.8M")]
    [InlineData(1204, nameof(ChartUnit.Count), "1,204")]
    [InlineData(123_456, nameof(ChartUnit.Count), "123k")]
    [InlineData(0, nameof(ChartUnit.Seconds), "0")]
    [InlineData(0.000_35, nameof(ChartUnit.Seconds), "350µs")]
    [InlineData(0.0042, nameof(ChartUnit.Seconds), "4.2ms")]
    [InlineData(double.PositiveInfinity, nameof(ChartUnit.Count), "?")]
    public void Figures_in_legends_are_short(double value, string unit, string text) =>
        Assert.Equal(text, CompactQuantity.Of(value, Enum.Parse<ChartUnit>(unit)));

    private static string[] Lines(WatchView view, int width, int height) =>
        [.. new WatchFrame(view, s_start.AddSeconds(view.Samples.Count), width, height).Render().Select(line => string.Concat(line.Select(segment => segment.Text)))];

    private static WatchView View(int samples) => new()
    {
        Target = "http://127.0.0.1:6060",
        Started = s_start,
        Growth = WatchedGrowth.Unknown,
        Snapshots = 3,
        Events = [],
        Samples = [.. Enumerable.Range(0, samples).Select(i => new WatchSample
        {
            At = s_start.AddSeconds(i),
            ResidentBytes = 40 << 20,
            HeapInUseBytes = 12 << 20,
            HeapIdleBytes = 3 << 20,
            SystemBytes = 31 << 20,
            NextCollectionBytes = 24 << 20,
            MemoryLimitBytes = 64 << 20,
            Goroutines = 100 + i,
            Threads = 7,
            Descriptors = 20,
            Connections = new Dictionary<string, double> { ["ESTABLISHED"] = 9, ["CLOSE_WAIT"] = 4 },
            Cores = 0.5,
            PauseSeconds = 250e-6,
            RequestsPerSecond = 10 * i,
        })],
    };
}
