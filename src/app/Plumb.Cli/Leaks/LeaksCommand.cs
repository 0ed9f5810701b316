using System.CommandLine;
using Plumb.Cli.Leaks.Arguments;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Web;

namespace Plumb.Cli.Leaks;

/// <summary>The command line of <c>plumb leaks</c>.</summary>
internal sealed class LeaksCommand
{
    private readonly Argument<string?> _target = new("TARGET")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "A base URL (http://shop:6060, shop:6060), the folder of a saved series, or one goroutine dump or profile.",
    };

    private readonly Option<int?> _pid = new("--pid", "-p")
    {
        Description = "In place of a target: the number of a .NET process on this machine. It needs no endpoints.",
        HelpName = "N",
    };

    private readonly SeriesArguments _series = new();

    private readonly Option<string?> _save = new("--save")
    {
        Description = "Save the series in this folder; 'plumb leaks DIR' judges it again.",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _source = new("--source")
    {
        Description = "A folder below which source lines may be shown, besides the current one.",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    private readonly PageArguments _page = new();

    private readonly ReportArguments _reports = new([.. Enum.GetValues<ReportFormat>()]);

    /// <summary>Runs <c>plumb leaks</c> with the arguments behind the word "leaks".</summary>
    public static int Run(string[] arguments)
    {
        var command = new LeaksCommand();
        return CommandLineHost.Run(command.Build(), arguments);
    }

    private Command Build()
    {
        Command leaks = new("leaks", "Watch a running service, tell whether it leaks, and name the line.")
        {
            _target, _pid, _save, _source,
        };
        _series.AddTo(leaks);
        _page.AddTo(leaks);
        _reports.AddTo(leaks);
        leaks.SetAction(result => Problem(result) is { } problem ? CommandLineHost.Refuse("leaks", [problem]) : LeaksProgram.Run(OptionsOf(result)));
        return leaks;
    }

    private string? Problem(ParseResult result) => (result.GetValue(_target), result.GetValue(_pid)) switch
    {
        (null, null) => "name a target: a base URL, a saved series, or --pid and the number of a .NET process",
        (not null, not null) => "a target and --pid are two services: leave one of them out",
        _ => OtherProblem(result),
    };

    private string? OtherProblem(ParseResult result) =>
        _series.Problem(result) ?? _page.Problem(result) ?? (_reports.TryRead(result, out _, out string? problem) ? null : problem);

    private LeaksOptions OptionsOf(ParseResult result)
    {
        _reports.TryRead(result, out ReportOutputs? outputs, out _);
        return _series.Read(result, result.GetValue(_target) ?? "") with
        {
            ProcessId = result.GetValue(_pid),
            Save = result.GetValue(_save),
            Sources = result.GetValue(_source) ?? [],
            Outputs = outputs!,
            Page = _page.Read(result),
        };
    }
}
