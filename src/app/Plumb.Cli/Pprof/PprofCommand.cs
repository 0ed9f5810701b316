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
        new("callgrind", ReportFormat.Callgrind, false, "Outputs a graph in callgrind format") { FileType = "out" },
        new("comments", ReportFormat.Comments, false, "Output all profile comments"),
        new("disasm", ReportFormat.Disassembly, true, "Output assembly listings annotated with samples"),
        new("dot", ReportFormat.Dot, false, "Outputs a graph in DOT format"),
        new("folded", ReportFormat.Folded, false, "Outputs folded stacks, as flame graph tools read them"),
        Picture("gif"),
        new("list", ReportFormat.List, true, "Output annotated source for functions matching regexp"),
        Picture("pdf"),
        new("peek", ReportFormat.Peek, true, "Output callers/callees of functions matching regexp"),
        Picture("png"),
        new("proto", ReportFormat.Proto, false, "Outputs the profile in compressed protobuf format") { FileType = "pb.gz" },
        Picture("ps"),
        new("raw", ReportFormat.Raw, false, "Outputs a text representation of the raw profile"),
        Picture("svg"),
        new("tags", ReportFormat.Tags, false, "Outputs all tags in the profile"),
        new("text", ReportFormat.Top, false, "Outputs top entries in text form"),
        new("top", ReportFormat.Top, false, "Outputs top entries in text form"),
        new("topproto", ReportFormat.TopProto, false, "Outputs top entries in compressed protobuf format") { FileType = "pb.gz" },
        new("traces", ReportFormat.Traces, false, "Outputs all profile samples in text form"),
        new("tree", ReportFormat.Tree, false, "Outputs a text rendering of call graph"),
        new("weblist", ReportFormat.WebList, true, "Output annotated source and machine code as a web page") { FileType = "html" },
    ];

    private static readonly FrozenDictionary<string, PprofCommand> ByName = All.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);

    public static PprofCommand? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>What Graphviz is to make of the graph; null when it is not needed.</summary>
    public string? Graphviz { get; init; }

    /// <summary>The ending of a file that is written instead of filling a terminal with bytes; null for text.</summary>
    public string? FileType { get; init; }

    private static PprofCommand Picture(string type) =>
        new(type, ReportFormat.Dot, false, $"Outputs a graph image in {type.ToUpperInvariant()} format") { Graphviz = type, FileType = type };
}
