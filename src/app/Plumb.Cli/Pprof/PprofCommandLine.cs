using System.Globalization;
using Plumb.Reports.Limits;
using Plumb.Reports.Options;
using Plumb.Web.Serving;

namespace Plumb.Cli.Pprof;

/// <summary>
/// Reads a command line in the manner of Go's flag package, which users of pprof have in their fingers: one dash or two,
/// <c>-name=value</c> or <c>-name value</c>, no value for a switch. Unlike there, flags may also follow the sources.
/// </summary>
internal sealed class PprofCommandLine
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _switches = new(StringComparer.Ordinal);
    private readonly List<string> _sources = [];
    private readonly List<string> _notes = [];
    private readonly List<CostLimit> _limits = [];

    private PprofCommandLine()
    {
    }

    /// <exception cref="UsageException">A flag is unknown, or its value is no value of it.</exception>
    public static PprofArguments Parse(IReadOnlyList<string> arguments)
    {
        var line = new PprofCommandLine();
        line.Read(arguments);
        return line.Interpret();
    }

    private void Read(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument == "--")
            {
                _sources.AddRange(arguments.Skip(i + 1));
                return;
            }

            if (argument.Length < 2 || argument[0] != '-')
            {
                _sources.Add(argument);
                continue;
            }

            string flag = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument[1..];
            int equals = flag.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? flag : flag[..equals];
            if (IsSwitch(name))
                _switches[name] = equals < 0 || ParseSwitch(name, flag[(equals + 1)..]);
            else if (!TakesValue(name))
                throw new UsageException($"flag provided but not defined: -{name}{(Suggestion.For(name, Names()) is { } meant ? $"; did you mean -{meant}?" : "")}");
            else if (equals >= 0)
                SetValue(name, flag[(equals + 1)..]);
            else if (++i < arguments.Count)
                SetValue(name, arguments[i]);
            else
                throw new UsageException($"flag needs an argument: -{name}");
        }
    }

    private static bool IsSwitch(string name) =>
        SourceFlag.Find(name) is { IsSwitch: true } || OptionTable.Choices.ContainsKey(name)
        || OptionTable.Find(name) is { Kind: OptionKind.Flag } || PprofCommand.Find(name) is { TakesPattern: false };

    private static IEnumerable<string> Names() =>
    [
        .. PprofCommand.All.Select(command => command.Name), .. OptionTable.All.Where(option => option.Kind != OptionKind.Choice).Select(option => option.Name),
        .. OptionTable.Choices.Keys, .. SourceFlag.All.Select(flag => flag.Name),
    ];

    private static bool TakesValue(string name) =>
        SourceFlag.Find(name) is { IsSwitch: false } || OptionTable.Find(name) is { Kind: not (OptionKind.Flag or OptionKind.Choice) }
        || PprofCommand.Find(name) is { TakesPattern: true };

    private static bool ParseSwitch(string name, string value)
    {
        try
        {
            return OptionTable.ParseFlag(value);
        }
        catch (FormatException)
        {
            throw new UsageException($"invalid boolean value \"{value}\" for -{name}");
        }
    }

    private void SetValue(string name, string value)
    {
        if (name == "fail_if")
        {
            AddLimit(value);
            return;
        }

        // The reference promises a list of bases and silently takes the last one; its users' scripts count on it.
        if (name is "base" or "diff_base" && _values.TryGetValue(name, out string? earlier) && earlier != value)
            _notes.Add($"-{name} was given more than once; only the last one counts");

        _values[name] = value;
    }

    private void AddLimit(string text)
    {
        try
        {
            _limits.Add(CostLimit.Parse(text));
        }
        catch (FormatException e)
        {
            throw new UsageException($"-fail_if {e.Message}");
        }
    }

    private PprofArguments Interpret()
    {
        if (IsOn("h") || IsOn("help"))
            return new PprofArguments { WantsHelp = true };

        if (_sources.Count == 0)
            throw new UsageException("no profile source specified");

        string plainBase = Value("base"), diffBase = Value("diff_base");
        if (plainBase.Length > 0 && diffBase.Length > 0)
            throw new UsageException("-base and -diff_base flags cannot both be specified");

        ReportOptions options = WithSampleTypeSwitches(Options());
        if (options.Normalize && plainBase.Length + diffBase.Length == 0)
            throw new UsageException("must have base profile to normalize by");

        if ((Value("tls_cert").Length > 0) != (Value("tls_key").Length > 0))
            throw new UsageException("-tls_cert and -tls_key must be given together");

        (PprofCommand? command, string? pattern) = Command();
        return new PprofArguments
        {
            Command = command,
            Pattern = pattern,
            Options = options,
            Sources = [.. _sources],
            Base = diffBase.Length > 0 ? diffBase : plainBase,
            IsDiffBase = diffBase.Length > 0,
            Symbolize = Value("symbolize"),
            BuildId = Value("buildid"),
            Seconds = WholeNumber("seconds"),
            Timeout = WholeNumber("timeout"),
            Comment = Value("add_comment"),
            AllFrames = IsOn("all_frames"),
            Http = Http(command),
            NoBrowser = IsOn("no_browser"),
            Tools = Value("tools"),
            TlsCertificate = Value("tls_cert"),
            TlsKey = Value("tls_key"),
            TlsAuthority = Value("tls_ca"),
            Limits = [.. _limits],
            Notes = [.. _notes],
        };
    }

    private ReportOptions Options()
    {
        ReportOptions options = ReportOptions.Default;
        foreach (Option option in OptionTable.All)
        {
            if (option.Kind == OptionKind.Choice)
                options = WithChoice(options, option);
            else if (option.Kind == OptionKind.Flag && _switches.TryGetValue(option.Name, out bool isOn))
                options = option.Set(options, isOn ? "true" : "false");
            else if (_values.TryGetValue(option.Name, out string? value))
                options = With(options, option, value);
        }

        return options;
    }

    private ReportOptions WithChoice(ReportOptions options, Option option)
    {
        string[] chosen = [.. option.Choices.Select(choice => choice.Name).Where(IsOn)];
        return chosen switch
        {
            [] => options,
            [string one] => option.Set(options, one),
            _ => throw new UsageException($"conflicting options set: {string.Join(", ", chosen.Select(name => $"-{name}"))}"),
        };
    }

    private static ReportOptions With(ReportOptions options, Option option, string value)
    {
        try
        {
            return option.Set(options, value);
        }
        catch (FormatException e)
        {
            throw new UsageException($"invalid value for flag -{e.Message}");
        }
    }

    private ReportOptions WithSampleTypeSwitches(ReportOptions options)
    {
        foreach (SourceFlag flag in SourceFlag.All)
        {
            if (flag.SampleType is not { } sampleType || !IsOn(flag.Name))
                continue;

            if (options.SampleIndex.Length == 0)
                options = options with { SampleIndex = sampleType };
            else
                _notes.Add($"Multiple value selections, ignoring -{flag.Name}");
        }

        return IsOn("mean_delay") ? options with { Mean = true } : options;
    }

    private (PprofCommand? Command, string? Pattern) Command()
    {
        PprofCommand[] given = [.. PprofCommand.All.Where(command => command.TakesPattern ? Value(command.Name).Length > 0 : IsOn(command.Name))];
        return given switch
        {
            [] => (null, null),
            [PprofCommand one] => (one, one.TakesPattern ? Value(one.Name) : null),
            _ => throw new UsageException("must set at most one output format"),
        };
    }

    private ListenAddress? Http(PprofCommand? command)
    {
        if (!_values.TryGetValue("http", out string? text))
            return null;

        if (command is not null)
            throw new UsageException($"-http is not compatible with an output format on the command line: leave out -http or -{command.Name}");

        if (_limits.Count > 0)
            throw new UsageException("-http is not compatible with -fail_if: a page has no exit code");

        try
        {
            return ListenAddress.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private bool IsOn(string name) => _switches.TryGetValue(name, out bool isOn) && isOn;

    private string Value(string name) => _values.GetValueOrDefault(name, "");

    private int? WholeNumber(string name)
    {
        if (!_values.TryGetValue(name, out string? text))
            return null;

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
            throw new UsageException($"invalid value \"{text}\" for flag -{name}: not a whole number");

        return value > 0 ? value : null;
    }
}
