using Plumb.Cli.Pprof.Shell.Editing;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports;
using Plumb.Reports.Options;

namespace Plumb.Cli.Pprof.Shell;

/// <summary>
/// The shell: reports of one profile, one after another. The profile is read once; settings stay until they are changed, those given with
/// a command end with it. An error or Ctrl-C ends the command and not the shell.
/// </summary>
internal sealed class PprofShell
{
    private const string PromptText = "(pprof) ";

    private readonly PprofHost _host;
    private readonly ReportSession _session;
    private readonly Output _output;
    private readonly ShellSettings _settings;
    private readonly Dictionary<string, string[]> _shortcuts = new(StringComparer.Ordinal)
    {
        [":"] = ["focus=", "ignore=", "hide=", "tagfocus=", "tagignore="],
    };

    public PprofShell(PprofHost host, ProfileSelection profile, ReportOptions options, Output output)
    {
        _host = host;
        _session = new ReportSession(profile);
        _output = output;
        _settings = new ShellSettings(profile.Profile, options with { CompactLabels = true });
        foreach (SampleType type in profile.Profile.SampleTypes)
        {
            string choose = $"sample_index={type.Type}";
            _shortcuts[type.Type] = [choose];
            _shortcuts[$"total_{type.Type}"] = ["mean=0", choose];
            _shortcuts[$"mean_{type.Type}"] = ["mean=1", choose];
        }
    }

    private Profile Profile => _session.Profile.Profile;

    /// <summary>Reads commands until they end.</summary>
    public void Run()
    {
        Greet();
        ITerminal? terminal = _host.Terminal();
        using var opened = terminal as IDisposable;
        ILineInput input = terminal is null
            ? new PlainLines(_host.Input(), _host.Out)
            : new LineEditor(terminal, HistoryFile.Open(_host.Environment), new ShellCompleter(Profile, _shortcuts.Keys));
        using var interrupt = new CommandInterrupt(_host);
        while (input.ReadLine(PromptText) is { } line)
        {
            foreach (string command in _shortcuts.GetValueOrDefault(line.Trim(), [line.Trim()]))
            {
                if (command is "q" or "quit" or "exit")
                    return;

                TryExecute(command, interrupt.Begin());
            }
        }
    }

    private void Greet()
    {
        Report report = _session.Create(ReportFormat.Top, _settings.Options, timeZone: _host.TimeZone);
        foreach (string line in ReportHeader.OfProfile(report, report.Amounts()))
            Say(line);

        if (report.Total == 0 && Profile.SampleTypes.Length > 1)
            Say("No samples were found with the default sample value type.\nTry \"sample_index\" command to analyze different sample values.");

        Say("Entering interactive mode (type \"help\" for commands, \"o\" for options)");
    }

    private void TryExecute(string command, CancellationToken cancellationToken)
    {
        try
        {
            Execute(command, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Say("interrupted");
        }
        catch (Exception e) when (e is UsageException or ReportException or FormatException or (IOException and not BrokenPipeException) or UnauthorizedAccessException)
        {
            Say(e.Message);
        }
#pragma warning disable CA1031 // A fault of ours costs one command and not the session.
        catch (Exception fault) when (fault is not BrokenPipeException)
#pragma warning restore CA1031
        {
            Say($"internal error, please report it: {fault}");
        }
    }

    private void Execute(string line, CancellationToken cancellationToken)
    {
        if (_settings.TrySet(line))
            return;

        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case []:
                break;
            case ["o" or "options"]:
                foreach (string option in _settings.Lines())
                    Say(option);

                break;
            case ["help"]:
                Say(PprofHelp.ShellText());
                break;
            case ["help", string topic, ..]:
                Say(PprofHelp.Topic(topic) ?? $"Unknown command: {topic}");
                break;
            default:
                Print(ShellCommand.Parse(words, _settings.Options), cancellationToken);
                break;
        }
    }

    private void Print(ShellCommand command, CancellationToken cancellationToken)
    {
        NamePattern? pattern = command.Pattern is null ? null : NamePattern.Parse(command.Pattern);
        Report report = _session.Create(command.Command.Format, command.Options, pattern, _host.TimeZone, cancellationToken);
        foreach (string note in report.Notes)
            Say(note);

        _output.Write(report, command.Command, cancellationToken);
    }

    private void Say(string text)
    {
        foreach (string line in text.Split('\n'))
            _host.Error.WriteLine(TerminalText.Escape(line));
    }
}
