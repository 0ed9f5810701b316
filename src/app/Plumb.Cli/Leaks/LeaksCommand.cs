using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Plumb.Cli.Leaks.Arguments;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;

namespace Plumb.Cli.Leaks;

/// <summary>The command line of <c>plumb leaks</c>.</summary>
internal sealed class LeaksCommand
{
    private readonly Argument<string> _target = new("TARGET")
    {
        Description = "A base URL (http://shop:6060, shop:6060), the folder of a saved series, or one goroutine dump or profile.",
    };

    private readonly Option<TimeSpan?> _for = Duration("--for", "How long to watch: 60s, 5m, 1h. Default: 60s.");
    private readonly Option<TimeSpan?> _every = Duration("--every", "Time from one snapshot to the next. Default: 5s, and longer when --for is above 10m.");

    private readonly Option<int?> _snapshots = new("--snapshots")
    {
        Description = "Number of snapshots. With --for, they are spread over that time.",
        HelpName = "N",
        CustomParser = result => WholeNumber(result),
    };

    private readonly Option<string?> _load = new("--load")
    {
        Description = "Load this address while watching: a URL, or a path on the target.",
        HelpName = "URL",
    };

    // Defaults are applied in OptionsOf and not by the library: its validators see no defaults.
    private readonly Option<double?> _rate = new("--rate")
    {
        Description = "Requests of the load per second. Default: 50.",
        HelpName = "N",
        CustomParser = result => double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate)
            ? rate
            : Fail<double?>(result, $"'{result.Tokens[0].Value}' is not a rate: write the requests per second, such as 50 or 0.5"),
    };

    private readonly Option<int?> _connections = new("--connections")
    {
        Description = "Keep-alive connections of the load. Default: 32.",
        HelpName = "N",
        CustomParser = result => WholeNumber(result),
    };

    private readonly Option<bool> _allowRemoteLoad = new("--allow-remote-load") { Description = "Allow a load on another machine than this one." };

    private readonly Option<string?> _metrics = new("--metrics")
    {
        Description = "Where the Prometheus metrics are. Default: /metrics on the target.",
        HelpName = "URL",
    };

    private readonly Option<string?> _save = new("--save")
    {
        Description = "Save the series in this folder; 'plumb leaks DIR' judges it again.",
        HelpName = "DIR",
    };

    private readonly Option<long?> _memoryLimit = new("--memory-limit")
    {
        Description = "Memory that the service may use (512MiB, 2G), in place of its control group's limit.",
        HelpName = "SIZE",
        CustomParser = result => SizeText.TryParse(result.Tokens[0].Value, out long bytes)
            ? bytes
            : Fail<long?>(result, $"'{result.Tokens[0].Value}' is not a size: write 512MiB, 1.5G or a number of bytes"),
    };

    private readonly Option<TimeSpan?> _timeout = Duration("--timeout", "How long one answer of the target may take. Default: 10s.");

    private readonly Option<string?> _module = new("--module")
    {
        Description = "Import path of the program's own module, when it is not recognised.",
        HelpName = "PATH",
    };

    private readonly Option<string[]> _source = new("--source")
    {
        Description = "A folder below which source lines may be shown, besides the current one.",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    private readonly ReportArguments _reports = new([.. Enum.GetValues<ReportFormat>()]);
    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours; so does the variable NO_COLOR." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on stderr." };

    /// <summary>Runs <c>plumb leaks</c> with the arguments behind the word "leaks".</summary>
    public static int Run(string[] arguments)
    {
        var command = new LeaksCommand();
        RootCommand root = new("Plumb finds the line of code that leaks.") { command.Build() };
        ParseResult result = root.Parse(["leaks", .. arguments]);
        if (result.Errors.Count > 0)
        {
            return Refuse(result.Errors.Select(error => error.Message));
        }

        // Ctrl-C has a meaning of its own here, so the library is kept from handling it.
        return result.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private Command Build()
    {
        Command leaks = new("leaks", "Watch a running service, tell whether it leaks, and name the line.")
        {
            _target, _for, _every, _snapshots, _load, _rate, _connections, _allowRemoteLoad, _metrics, _save, _memoryLimit, _timeout, _module, _source, _noColor, _quiet,
        };
        _reports.AddTo(leaks);
        leaks.SetAction(result => Problem(result) is { } problem ? Refuse([problem]) : LeaksProgram.Run(OptionsOf(result)));
        return leaks;
    }

    private static int Refuse(IEnumerable<string> problems)
    {
        foreach (string problem in problems)
        {
            Console.Error.WriteLine($"plumb leaks: {Profiles.TerminalText.Escape(problem)}");
        }

        Console.Error.WriteLine("'plumb leaks --help' lists the options.");
        return ExitCodes.Error;
    }

    // What the options say together; the library has checked each by itself.
    private string? Problem(ParseResult result)
    {
        if (result.GetValue(_rate) is not (null or > 0 and <= LoadOptions.MaxRatePerSecond))
        {
            return string.Create(CultureInfo.InvariantCulture, $"--rate must be above 0 and at most {LoadOptions.MaxRatePerSecond}");
        }

        if (result.GetValue(_connections) is not (null or >= 1 and <= LoadOptions.MaxConnections))
        {
            return string.Create(CultureInfo.InvariantCulture, $"--connections must be from 1 to {LoadOptions.MaxConnections}");
        }

        if (result.GetValue(_timeout) is { } timeout && timeout <= TimeSpan.Zero)
        {
            return "--timeout must be above 0";
        }

        return !PlanArguments.TryMake(result.GetValue(_for), result.GetValue(_every), result.GetValue(_snapshots), out _, out string? problem)
            || !_reports.TryRead(result, out _, out problem)
            ? problem
            : null;
    }

    private LeaksOptions OptionsOf(ParseResult result)
    {
        PlanArguments.TryMake(result.GetValue(_for), result.GetValue(_every), result.GetValue(_snapshots), out RecordingPlan? plan, out _);
        _reports.TryRead(result, out ReportOutputs? outputs, out _);
        return new LeaksOptions
        {
            Target = result.GetValue(_target)!,
            Plan = plan!,
            Timeout = result.GetValue(_timeout) ?? TimeSpan.FromSeconds(10),
            Load = result.GetValue(_load),
            Rate = result.GetValue(_rate) ?? 50,
            Connections = result.GetValue(_connections) ?? 32,
            AllowRemoteLoad = result.GetValue(_allowRemoteLoad),
            Metrics = result.GetValue(_metrics),
            Save = result.GetValue(_save),
            MemoryLimitBytes = result.GetValue(_memoryLimit),
            MainModule = result.GetValue(_module),
            Sources = result.GetValue(_source) ?? [],
            Outputs = outputs!,
            NoColor = result.GetValue(_noColor),
            Quiet = result.GetValue(_quiet),
        };
    }

    private static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => DurationText.TryParse(result.Tokens[0].Value, out TimeSpan duration)
            ? duration
            : Fail<TimeSpan?>(result, $"'{result.Tokens[0].Value}' is not a duration: write 90s, 5m, 1h30m or 500ms"),
    };

    private static int? WholeNumber(ArgumentResult result) =>
        int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : Fail<int?>(result, $"'{result.Tokens[0].Value}' is not a whole number");

    private static T? Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
