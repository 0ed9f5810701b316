using System.CommandLine;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Arguments;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Recording;

namespace Plumb.Cli.Verify;

/// <summary>The command line of <c>plumb verify</c>.</summary>
internal sealed class VerifyCommand
{
    private const string Name = "verify";

    private readonly Argument<string> _target = new("TARGET") { Description = "The mended service: a base URL, or the folder of a saved series." };
    private readonly Option<string> _against = new("--against") { Description = "The report of the leak: what 'plumb leaks --json' printed.", HelpName = "REPORT.json", Required = true };
    private readonly Option<string?> _leak = new("--leak") { Description = "Verify this finding only: its number in the report, or the beginning of its fingerprint.", HelpName = "N" };
    private readonly Option<string?> _save = new("--save") { Description = "Save the series in this folder.", HelpName = "DIR" };
    private readonly SeriesArguments _series = new();
    private readonly ReportArguments _reports = new([ReportFormat.Terminal, ReportFormat.Json, ReportFormat.Markdown]);

    /// <summary>Runs <c>plumb verify</c> with the arguments behind the word "verify".</summary>
    public static int Run(string[] arguments) => CommandLineHost.Run(new VerifyCommand().Build(), arguments);

    private Command Build()
    {
        Command verify = new(Name, "After the mend, under the same load: is this leak gone, and is nothing new there?") { _target, _against, _leak, _save };
        _series.AddTo(verify);
        _reports.AddTo(verify);
        verify.SetAction(result => Problem(result) is { } problem ? CommandLineHost.Refuse(Name, [problem]) : VerifyProgram.Run(() => OptionsOf(result)));
        return verify;
    }

    private string? Problem(ParseResult result) =>
        _series.Problem(result) ?? (_reports.TryRead(result, out _, out string? problem) ? null : problem);

    private VerifyOptions OptionsOf(ParseResult result)
    {
        _reports.TryRead(result, out ReportOutputs? outputs, out _);
        EarlierReport report = EarlierReport.Read(result.GetValue(_against)!, result.GetValue(_leak));
        LeaksOptions asked = _series.Read(result, result.GetValue(_target)!) with { Save = result.GetValue(_save) };
        return new VerifyOptions { Report = report, Series = Repeated(result, asked, report), Outputs = outputs! };
    }

    // The same plan and the same load, but for what the user says otherwise. A saved series has both behind it.
    private LeaksOptions Repeated(ParseResult result, LeaksOptions asked, EarlierReport report)
    {
        if (Directory.Exists(asked.Target) || report.Settings is not { } settings)
        {
            return asked;
        }

        if (!_series.HasPlan(result))
        {
            asked = asked with { Plan = new RecordingPlan(settings.Every, settings.Snapshots) };
        }

        return settings.Load is not { } load ? asked : asked with
        {
            Load = asked.Load ?? AddressFor(load.Address, report.Target),
            Rate = _series.HasRate(result) ? asked.Rate : load.RatePerSecond,
            Connections = _series.HasConnections(result) ? asked.Connections : load.Connections,
        };
    }

    // An address of the service itself goes to the mended one, wherever that is; another port's is taken as it stands.
    private static string AddressFor(string address, string target) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? load) && !address.StartsWith('/')
        && Uri.TryCreate(target, UriKind.Absolute, out Uri? was)
        && Uri.Compare(load, was, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? load.PathAndQuery
            : address;
}
