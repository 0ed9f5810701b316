using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Plumb.Cli.Leaks.Rendering;

namespace Plumb.Cli.Leaks.Arguments;

/// <summary>The options that say in which form a command reports, and where to.</summary>
internal sealed class ReportArguments
{
    private readonly IReadOnlyCollection<ReportFormat> _offered;
    private readonly Option<ReportFormat?> _format;
    private readonly Option<bool> _json = new("--json") { Description = "The same as --format json." };

    private readonly Option<string[]> _output = new("--output", "-o")
    {
        Description = "Write a report into this file, in the format of its ending. May be given several times.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    public ReportArguments(IReadOnlyCollection<ReportFormat> offered)
    {
        _offered = offered;
        _format = new Option<ReportFormat?>("--format")
        {
            Description = $"The form of the report: {ReportFormats.Names(offered)}.",
            HelpName = "FORMAT",
            CustomParser = result =>
            {
                if (ReportFormats.TryParse(result.Tokens[0].Value, out ReportFormat format) && offered.Contains(format))
                {
                    return format;
                }

                result.AddError($"'{result.Tokens[0].Value}' is not a format of this report: write {ReportFormats.Names(offered)}");
                return null;
            },
        };
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_format);
        command.Options.Add(_json);
        command.Options.Add(_output);
    }

    public bool TryRead(ParseResult result, [NotNullWhen(true)] out ReportOutputs? outputs, [NotNullWhen(false)] out string? problem)
    {
        ReportFormat? format = result.GetValue(_format);
        if (result.GetValue(_json) && format is not (null or ReportFormat.Json))
        {
            outputs = null;
            problem = "--json and --format say different things";
            return false;
        }

        format = result.GetValue(_json) ? ReportFormat.Json : format;
        return ReportOutputs.TryMake(format, result.GetValue(_output) ?? [], _offered, out outputs, out problem);
    }
}
