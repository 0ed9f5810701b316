using System.CommandLine;
using Plumb.Cli.Leaks;
using Plumb.Cli.Leaks.Arguments;
using Plumb.Cli.Leaks.Rendering;

namespace Plumb.Cli.Compare;

/// <summary>The command line of <c>plumb compare</c>.</summary>
internal sealed class CompareCommand
{
    private const string Name = "compare";

    private readonly Argument<string> _old = new("OLD") { Description = "The stable one: a base URL, or the folder of a saved series." };
    private readonly Argument<string> _new = new("NEW") { Description = "The candidate: a base URL, or the folder of a saved series." };
    private readonly SeriesArguments _series = new();

    private readonly Option<string?> _loadNew = new("--load-new")
    {
        Description = "Where NEW is loaded, when --load is an address of OLD and not a path that both have.",
        HelpName = "URL",
    };

    private readonly Option<string?> _save = new("--save")
    {
        Description = "Save both series, in the folders DIR/old and DIR/new.",
        HelpName = "DIR",
    };

    private readonly Option<double?> _tolerance = new("--tolerance")
    {
        Description = "By how much a cost of the whole process may rise: 10%, 0.2. Default: 10%.",
        HelpName = "SHARE",
        CustomParser = result =>
        {
            if (ShareText.TryParse(result.Tokens[0].Value, out double share))
            {
                return share;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not a share: write 10% or 0.1");
            return null;
        },
    };

    private readonly ReportArguments _reports = new([ReportFormat.Terminal, ReportFormat.Json, ReportFormat.Markdown]);

    /// <summary>Runs <c>plumb compare</c> with the arguments behind the word "compare".</summary>
    public static int Run(string[] arguments) => CommandLineHost.Run(new CompareCommand().Build(), arguments);

    private Command Build()
    {
        Command compare = new(Name, "Compare two running services, or two saved series: what grows only in the new one, and what costs more.")
        {
            _old, _new, _loadNew, _save, _tolerance,
        };
        _series.AddTo(compare);
        _reports.AddTo(compare);
        compare.SetAction(result => Problem(result) is { } problem ? CommandLineHost.Refuse(Name, [problem]) : CompareProgram.Run(OptionsOf(result)));
        return compare;
    }

    private string? Problem(ParseResult result)
    {
        LeaksOptions old = _series.Read(result, result.GetValue(_old)!);
        bool bothSaved = Directory.Exists(old.Target) && Directory.Exists(result.GetValue(_new));
        return (_series.Problem(result), _reports.TryRead(result, out _, out string? problem)) switch
        {
            ({ } wrong, _) => wrong,
            (_, false) => problem,
            _ when bothSaved && (old.Load is not null || result.GetValue(_save) is not null) => "both are saved series: --load and --save need a running service",
            _ when result.GetValue(_loadNew) is not null && old.Load is null => "--load-new needs --load",
            _ when old.Load is { } load && !load.StartsWith('/') && result.GetValue(_loadNew) is null && !Directory.Exists(old.Target) && !Directory.Exists(result.GetValue(_new)) =>
                "--load is an address, and not a path that both have: say with --load-new where NEW is loaded",
            _ => null,
        };
    }

    private CompareOptions OptionsOf(ParseResult result)
    {
        _reports.TryRead(result, out ReportOutputs? outputs, out _);
        LeaksOptions old = Side(result, result.GetValue(_old)!, "old");
        LeaksOptions candidate = Side(result, result.GetValue(_new)!, "new");
        return new CompareOptions
        {
            Old = old,
            New = candidate with { Load = candidate.Load is null ? null : result.GetValue(_loadNew) ?? candidate.Load },
            Tolerance = result.GetValue(_tolerance) ?? 0.1,
            Outputs = outputs!,
            NoColor = old.NoColor,
            Quiet = old.Quiet,
        };
    }

    // A saved side is neither loaded nor saved again.
    private LeaksOptions Side(ParseResult result, string target, string name)
    {
        LeaksOptions options = _series.Read(result, target);
        return Directory.Exists(target)
            ? options with { Load = null }
            : options with { Save = result.GetValue(_save) is { } folder ? Path.Combine(folder, name) : null };
    }
}
