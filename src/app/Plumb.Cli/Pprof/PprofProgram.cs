using System.Text;
using Plumb.Cli.Pprof.Shell;
using Plumb.Cli.Pprof.Sources;
using Plumb.Cli.Pprof.Symbols;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports;
using Plumb.Reports.Limits;

namespace Plumb.Cli.Pprof;

/// <summary><c>plumb pprof</c>: reads profiles, and prints what was asked for or opens the shell.</summary>
internal sealed class PprofProgram
{
    private const int Success = 0;
    private const int LimitBroken = 1;
    private const int Failure = 2;

    private readonly PprofHost _host;

    private PprofProgram(PprofHost host) => _host = host;

    /// <returns>The exit code: 0, 1 when a limit is broken, or 2 after an error, which has been printed.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        using Stream output = StandardOutput.Open();
        using var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        return Run(arguments, PprofHost.OfProcess(output, error));
    }

    public static int Run(IReadOnlyList<string> arguments, PprofHost host)
    {
        try
        {
            return new PprofProgram(host).Run(PprofCommandLine.Parse(arguments));
        }
        catch (BrokenPipeException)
        {
            return Success;
        }
        catch (Exception e) when (e is UsageException or ReportException or ProfileFormatException or SourceException or IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine($"plumb pprof: {TerminalText.Escape(e.Message)}");
            return Failure;
        }
#pragma warning disable CA1031 // The edge of the process: a fault of ours is told as one, without a core dump.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            host.Error.WriteLine($"plumb pprof: internal error, please report it: {TerminalText.Escape(fault.ToString())}");
            return Failure;
        }
    }

    private int Run(PprofArguments arguments)
    {
        if (arguments.WantsHelp)
        {
            _host.Error.Write(PprofHelp.Text());
            return Success;
        }

        foreach (string note in arguments.Notes)
            Say(note);

        try
        {
            return Report(arguments);
        }
        catch (ProfileListException list)
        {
            return Choose(list.Index, arguments);
        }
    }

    // Asked for without a name, the list is the answer; where a report was asked for, it says what was missing.
    private int Choose(ProfileIndex index, PprofArguments arguments)
    {
        if (arguments.Command is not null || !arguments.Limits.IsEmpty)
        {
            _host.Error.Write($"plumb pprof: {index.Folder} has these profiles; name one of them:\n{index}");
            return Failure;
        }

        if (_host.Terminal() is not { } terminal)
        {
            _host.Out.Write(Encoding.UTF8.GetBytes(index.ToString()));
            return Success;
        }

        using var opened = terminal as IDisposable;
        return new ProfileChoice(_host, index).Ask(terminal) is { } chosen
            ? Run(arguments with { Sources = [.. arguments.Sources[..^1], chosen], Notes = [] })
            : Success;
    }

    private int Report(PprofArguments arguments)
    {
        if (arguments.Http is not null)
            WebView.RequirePage();

        var symbols = new ProfileSymbols(_host, arguments);
        var sources = new ProfileSources(_host, arguments, symbols);
        if (arguments.Http is { } address)
        {
            (ProfileSelection Profile, ProfileSelection? Base) loaded = sources.LoadApart();
            new WebView(_host, symbols).Run(loaded.Profile, loaded.Base, arguments, address);
            return Success;
        }

        ProfileSelection profile = sources.Load();
        using var code = new LocalCode(symbols.Tools, Say);
        using var output = new Output(_host, code) { IsShell = arguments.Command is null };
        if (arguments.Command is not { } command)
        {
            if (!arguments.Limits.IsEmpty)
                return Check(profile, arguments);

            new PprofShell(_host, profile, arguments.Options, output).Run();
            return Success;
        }

        NamePattern? pattern = arguments.Pattern is null ? null : NamePattern.Parse(arguments.Pattern);
        Report report = Reports.Report.Create(profile, command.Format, arguments.Options, pattern, _host.TimeZone);
        foreach (string note in report.Notes)
            Say(note);

        output.Write(report, command);
        if (report.Total == 0 && arguments.Options.SampleIndex.Length == 0 && profile.Profile.SampleTypes.Length > 1)
            Say($"nothing was counted as {report.SampleTypeName}; -sample_index takes {string.Join(", ", profile.Profile.SampleTypes.Select(type => type.Type))}");

        return Check(profile, arguments);
    }

    private int Check(ProfileSelection profile, PprofArguments arguments)
    {
        if (arguments.Limits.IsEmpty)
            return Success;

        // A report of its own: what a listing or a picture leaves out counts too.
        Report report = Reports.Report.Create(profile, ReportFormat.Top, arguments.Options);
        bool isAnyBroken = false;
        foreach (CostLimit limit in arguments.Limits)
        {
            CostCheck check = CostCheck.Of(limit, report);
            isAnyBroken |= check.IsBroken;
            if (check.IsBroken)
                Say($"fail_if {limit.Text}: it is {check.Figure}");
            else if (!check.HasMatch)
                Say($"fail_if {limit.Text}: no function matches");
        }

        return isAnyBroken ? LimitBroken : Success;
    }

    private void Say(string note) => _host.Error.WriteLine(TerminalText.Escape(note));
}
