using System.Collections.Frozen;
using System.Collections.Immutable;
using Plumb.Reports;

namespace Plumb.Cli.Pprof;

/// <summary>What <c>plumb pprof</c> can be told to make: each is a flag on the command line and a command in the shell.</summary>
/// <param name="TakesPattern">Whether a pattern must be given with it.</param>
internal sealed record PprofCommand(string Name, ReportFormat Format, bool TakesPattern, string Help)
{
    public static ImmutableArray<PprofCommand> All { get; } =
    [
        new("comments", ReportFormat.Comments, false, "Output all profile comments"),
        new("list", ReportFormat.List, true, "Output annotated source for functions matching regexp"),
        new("peek", ReportFormat.Peek, true, "Output callers/callees of functions matching regexp"),
        new("raw", ReportFormat.Raw, false, "Outputs a text representation of the raw profile"),
        new("tags", ReportFormat.Tags, false, "Outputs all tags in the profile"),
        new("text", ReportFormat.Top, false, "Outputs top entries in text form"),
        new("top", ReportFormat.Top, false, "Outputs top entries in text form"),
        new("traces", ReportFormat.Traces, false, "Outputs all profile samples in text form"),
        new("tree", ReportFormat.Tree, false, "Outputs a text rendering of call graph"),
    ];

    private static readonly FrozenDictionary<string, PprofCommand> ByName = All.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);

    public static PprofCommand? Find(string name) => ByName.GetValueOrDefault(name);
}
