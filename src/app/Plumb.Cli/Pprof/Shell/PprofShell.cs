using System.Globalization;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Options;

namespace Plumb.Cli.Pprof.Shell;

/// <summary>
/// The shell: reports of one profile, one after another. The profile is read once; settings stay until they are changed, those given with
/// a command end with it. An error ends the command and not the shell.
/// </summary>
internal sealed class PprofShell
{
    private const string CommentMark = "//:";

    private readonly PprofHost _host;
    private readonly ProfileSelection _profile;
    private readonly Output _output;
    private readonly Dictionary<string, string[]> _shortcuts = new(StringComparer.Ordinal)
    {
        [":"] = ["focus=", "ignore=", "hide=", "tagfocus=", "tagignore="],
    };

    private ReportOptions _options;

    public PprofShell(PprofHost host, ProfileSelection profile, ReportOptions options, IMachineCode code)
    {
        _host = host;
        _profile = profile;
        _output = new Output(host, code);
        _options = options with { CompactLabels = true };
        foreach (SampleType type in profile.Profile.SampleTypes)
        {
            string choose = $"sample_index={type.Type}";
            _shortcuts[type.Type] = [choose];
            _shortcuts[$"total_{type.Type}"] = ["mean=0", choose];
            _shortcuts[$"mean_{type.Type}"] = ["mean=1", choose];
        }
    }

    /// <param name="input">The lines that are typed.</param>
    public void Run(TextReader input)
    {
        Greet();
        while (Prompt(input) is { } line)
        {
            foreach (string command in _shortcuts.GetValueOrDefault(line.Trim(), [line.Trim()]))
            {
                if (command is "q" or "quit" or "exit")
                    return;

                TryExecute(command);
            }
        }
    }

    private string? Prompt(TextReader input)
    {
        _host.Out.Write("(pprof) "u8);
        _host.Out.Flush();
        return input.ReadLine();
    }

    private void Greet()
    {
        Report report = Report.Create(_profile, ReportFormat.Top, _options, timeZone: _host.TimeZone);
        foreach (string line in ReportHeader.OfProfile(report, report.Amounts()))
            Say(line);

        if (report.Total == 0 && _profile.Profile.SampleTypes.Length > 1)
            Say("No samples were found with the default sample value type.\nTry \"sample_index\" command to analyze different sample values.");

        Say("Entering interactive mode (type \"help\" for commands, \"o\" for options)");
    }

    private void TryExecute(string command)
    {
        try
        {
            Execute(command);
        }
        catch (Exception e) when (e is UsageException or ReportException or FormatException or (IOException and not BrokenPipeException) or UnauthorizedAccessException)
        {
            Say(e.Message);
        }
    }

    private void Execute(string line)
    {
        if (TrySet(line))
            return;

        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case []:
                break;
            case ["o" or "options"]:
                ListOptions();
                break;
            case ["help"]:
                Say(PprofHelp.ShellText());
                break;
            case ["help", string topic, ..]:
                Say(PprofHelp.Topic(topic) ?? $"Unknown command: {topic}");
                break;
            default:
                Print(ShellCommand.Parse(words, _options));
                break;
        }
    }

    private void Print(ShellCommand command)
    {
        NamePattern? pattern = command.Pattern is null ? null : NamePattern.Parse(command.Pattern);
        Report report = Report.Create(_profile, command.Command.Format, command.Options, pattern, _host.TimeZone);
        foreach (string note in report.Notes)
            Say(note);

        _output.Write(report, command.Command);
    }

    // name=value, or the bare name of a switch or of a choice.
    private bool TrySet(string line)
    {
        int equals = line.IndexOf('=', StringComparison.Ordinal);
        string name = (equals < 0 ? line : line[..equals]).Trim();
        string value = equals < 0 ? "" : WithoutComment(line[(equals + 1)..]);
        if (OptionTable.Choices.TryGetValue(name, out Option? group))
        {
            if (equals < 0 || OptionTable.ParseFlag(value))
                _options = group.Set(_options, name);

            return true;
        }

        if (OptionTable.Find(name) is not { } option)
            return false;

        if (equals < 0 && option.Kind != OptionKind.Flag)
            throw new UsageException($"please specify a value, e.g. {name}=<val>");

        if (name == "sample_index")
            value = _profile.Profile.SampleTypes[SampleTypeChoice.Find(_profile.Profile, value)].Type;

        _options = option.Set(_options, value);
        return true;
    }

    private static string WithoutComment(string value)
    {
        int comment = value.LastIndexOf(CommentMark, StringComparison.Ordinal);
        return (comment < 0 ? value : value[..comment]).Trim();
    }

    private void ListOptions()
    {
        string[] types = [.. _profile.Profile.SampleTypes.Select(type => type.Type)];
        foreach (Option option in OptionTable.All.OrderBy(option => option.Name, StringComparer.Ordinal))
        {
            string value = option.Get(_options);
            string comment = option switch
            {
                { Kind: OptionKind.Choice } => $"[{string.Join(" | ", option.Choices.Select(choice => choice.Name).Order(StringComparer.Ordinal))}]",
                { Name: "sample_index" } => $"[{string.Join(" | ", types)}]",
                { Name: "nodecount" } when value == "-1" => "default",
                _ => "",
            };
            value = value.Length > 0 ? value : option.Name switch
            {
                "sample_index" => types[SampleTypeChoice.Find(_profile.Profile, "")],
                "granularity" => "(default)",
                _ => "\"\"",
            };
            Say(string.Create(CultureInfo.InvariantCulture, $"  {option.Name,-25} = {value,-20} {(comment.Length > 0 ? $"{CommentMark} {comment}" : "")}").TrimEnd());
        }
    }

    private void Say(string text)
    {
        foreach (string line in text.Split('\n'))
            _host.Error.WriteLine(TerminalText.Escape(line));
    }
}
