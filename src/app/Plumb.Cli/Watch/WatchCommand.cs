using System.CommandLine;
using Plumb.Cli.Leaks.Arguments;
using Plumb.Cli.Loading;
using Plumb.Cli.Web;

namespace Plumb.Cli.Watch;

/// <summary>The command line of <c>plumb watch</c>.</summary>
internal sealed class WatchCommand
{
    private const string Name = "watch";
    private const int MostCaptures = 100;
    private static readonly TimeSpan s_leastEvery = TimeSpan.FromMilliseconds(200);

    private readonly Argument<string> _target = new("TARGET") { Description = "Where the profiles are: http://shop:6060, shop:6060." };
    private readonly Option<TimeSpan?> _every = OptionParsing.Duration("--every", [], "From one look at the figures to the next. Default: 1s.");
    private readonly Option<TimeSpan?> _snapshotEvery = OptionParsing.Duration("--snapshot-every", [], "From one snapshot of the profiles to the next. Default: 5s, after an hour 60s.");
    private readonly Option<TimeSpan?> _for = OptionParsing.Duration("--for", [], "End after so long. Default: when it is stopped.");
    private readonly Option<string[]> _captureAt = OptionParsing.Many("--capture-at", [], "WHEN", "Capture evidence at 80% of a limit, at goroutines=5000, rss=1GiB and the like, or at a leak; may be given again.");
    private readonly Option<TimeSpan?> _captureWithin = OptionParsing.Duration("--capture-within", [], "Capture when a limit is forecast so soon. Default: 10m when --capture-at has a percentage.");
    private readonly Option<string?> _captureTo = OptionParsing.Text("--capture-to", [], "DIR", "Where captures go. Default: plumb-captures.");
    private readonly Option<long?> _captures = OptionParsing.Whole("--captures", [], MostCaptures, "Most captures. Default: 5.");
    private readonly Option<string?> _metrics = OptionParsing.Text("--metrics", [], "URL", "Where the Prometheus metrics are. Default: /metrics on the target.");
    private readonly Option<long?> _memoryLimit = OptionParsing.Size("--memory-limit", "Memory that the service may use (512MiB, 2G), in place of its control group's limit.");
    private readonly Option<TimeSpan?> _timeout = OptionParsing.Duration("--timeout", [], "How long one answer of the target may take. Default: 10s.");
    private readonly Option<string?> _module = OptionParsing.Text("--module", [], "PATH", "Import path of the program's own module, when it is not recognised.");
    private readonly Option<bool> _json = new("--json") { Description = "Print a line of JSON for each look and each event." };
    private readonly Option<bool> _plain = new("--plain") { Description = "Print lines instead of charts, as where the output is no terminal." };
    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours; so does the variable NO_COLOR." };

    private readonly PageArguments _page = new();

    /// <summary>Runs <c>plumb watch</c> with the arguments behind the word "watch".</summary>
    public static int Run(string[] arguments) => CommandLineHost.Run(new WatchCommand().Build(), arguments);

    private Command Build()
    {
        Command watch = new(Name, "Live charts of a service; marks growth, and captures evidence before a limit is reached.")
        {
            _target, _every, _snapshotEvery, _for, _captureAt, _captureWithin, _captureTo, _captures, _metrics, _memoryLimit, _timeout, _module, _json, _plain, _noColor,
        };
        _page.AddTo(watch);
        watch.SetAction(result => Problem(result) is { } problem ? CommandLineHost.Refuse(Name, [problem]) : WatchProgram.Run(OptionsOf(result)));
        return watch;
    }

    private string? Problem(ParseResult result)
    {
        if (result.GetValue(_every) < s_leastEvery || result.GetValue(_snapshotEvery) < s_leastEvery)
        {
            return "--every and --snapshot-every must be at least 200ms";
        }

        return CaptureAtText.TryParse(result.GetValue(_captureAt) ?? [], result.GetValue(_captureWithin), out _, out string? problem) ? _page.Problem(result) : problem;
    }

    private WatchOptions OptionsOf(ParseResult result)
    {
        CaptureAtText.TryParse(result.GetValue(_captureAt) ?? [], result.GetValue(_captureWithin), out Plumb.Leaks.Watching.AlarmRules? alarms, out _);
        return new WatchOptions
        {
            Target = result.GetValue(_target)!,
            Every = result.GetValue(_every) ?? TimeSpan.FromSeconds(1),
            SnapshotEvery = result.GetValue(_snapshotEvery),
            Duration = result.GetValue(_for),
            Alarms = alarms!,
            CaptureTo = result.GetValue(_captureTo) ?? "plumb-captures",
            MostCaptures = (int)(result.GetValue(_captures) ?? 5),
            Timeout = result.GetValue(_timeout) ?? TimeSpan.FromSeconds(10),
            Metrics = result.GetValue(_metrics),
            MemoryLimitBytes = result.GetValue(_memoryLimit),
            MainModule = result.GetValue(_module),
            Json = result.GetValue(_json),
            Plain = result.GetValue(_plain),
            NoColor = result.GetValue(_noColor),
            Page = _page.Read(result),
        };
    }
}
