using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Recording;

namespace Plumb.Cli.Leaks.Arguments;

/// <summary>The options that say how a series is taken, for every command that takes one.</summary>
internal sealed class SeriesArguments
{
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

    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours; so does the variable NO_COLOR." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on stderr." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_for, _every, _snapshots, _load, _rate, _connections, _allowRemoteLoad, _metrics, _memoryLimit, _timeout, _module, _noColor, _quiet])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the options say about one target; what a command adds of its own is not in it.</summary>
    /// <remarks>Only for a command line of which <see cref="Problem"/> says nothing.</remarks>
    public LeaksOptions Read(ParseResult result, string target)
    {
        PlanArguments.TryMake(result.GetValue(_for), result.GetValue(_every), result.GetValue(_snapshots), out RecordingPlan? plan, out _);
        return new LeaksOptions
        {
            Target = target,
            Plan = plan!,
            Timeout = result.GetValue(_timeout) ?? TimeSpan.FromSeconds(10),
            Load = result.GetValue(_load),
            Rate = result.GetValue(_rate) ?? 50,
            Connections = result.GetValue(_connections) ?? 32,
            AllowRemoteLoad = result.GetValue(_allowRemoteLoad),
            Metrics = result.GetValue(_metrics),
            MemoryLimitBytes = result.GetValue(_memoryLimit),
            MainModule = result.GetValue(_module),
            NoColor = result.GetValue(_noColor),
            Quiet = result.GetValue(_quiet),
        };
    }

    /// <summary>Whether the user said how long to watch, or how often.</summary>
    public bool HasPlan(ParseResult result) => result.GetValue(_for) is not null || result.GetValue(_every) is not null || result.GetValue(_snapshots) is not null;

    /// <summary>Whether the user said how fast to load.</summary>
    public bool HasRate(ParseResult result) => result.GetValue(_rate) is not null;

    /// <summary>Whether the user said over how many connections.</summary>
    public bool HasConnections(ParseResult result) => result.GetValue(_connections) is not null;

    /// <summary>What is wrong with what the options say together; the library has checked each by itself.</summary>
    public string? Problem(ParseResult result)
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

        return PlanArguments.TryMake(result.GetValue(_for), result.GetValue(_every), result.GetValue(_snapshots), out _, out string? problem) ? null : problem;
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
