using System.Collections.Immutable;
using Plumb.Cli.Pprof.Viewing;
using Plumb.Reports;

namespace Plumb.Cli.Pprof;

/// <summary>What <c>plumb pprof</c> can be told to make: each is a flag on the command line and a command in the shell.</summary>
/// <param name="TakesPattern">Whether a pattern must be given with it.</param>
internal sealed record PprofCommand(string Name, ReportFormat Format, bool TakesPattern, string Help)
{
    public static ImmutableArray<PprofCommand> All { get; } =
    [
        new("callgrind", ReportFormat.Callgrind, false, "Outputs a graph in callgrind format") { FileType = "callgraph.out" },
        new("comments", ReportFormat.Comments, false, "Output all profile comments"),
        new("disasm", ReportFormat.Disassembly, true, "Output assembly listings annotated with samples"),
        new("dot", ReportFormat.Dot, false, "Outputs a graph in DOT format"),
        new("eog", ReportFormat.Dot, false, "Visualize graph through eog") { Graphviz = "svg", Viewer = Viewer.Eog, FileType = "svg" },
        new("evince", ReportFormat.Dot, false, "Visualize graph through evince") { Graphviz = "pdf", Viewer = Viewer.Evince, FileType = "pdf" },
        new("folded", ReportFormat.Folded, false, "Outputs folded stacks, as flame graph tools read them"),
        Picture("gif"),
        new("gv", ReportFormat.Dot, false, "Visualize graph through gv") { Graphviz = "ps", Viewer = Viewer.Gv, FileType = "ps" },
        new("kcachegrind", ReportFormat.Callgrind, false, "Visualize report in KCachegrind") { Viewer = Viewer.KCachegrind, FileType = "grind" },
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
        new("web", ReportFormat.Dot, false, "Visualize graph through web browser") { Graphviz = "svg", Viewer = Viewer.Browser, FileType = "svg" },
        new("weblist", ReportFormat.WebList, true, "Display annotated source in a web browser") { Viewer = Viewer.Browser, FileType = "html" },
    ];

    public static PprofCommand? Find(string name)
    {
        foreach (PprofCommand command in All)
        {
            if (command.Name == name)
                return command;
        }

        return null;
    }

    /// <summary>What Graphviz is to make of the graph; null when it is not needed.</summary>
    public string? Graphviz { get; init; }

    /// <summary>The ending of a file that is written instead of filling a terminal with bytes; null for text.</summary>
    public string? FileType { get; init; }

    /// <summary>The program that shows the report when no file was asked for.</summary>
    public Viewer Viewer { get; init; }

    /// <summary>How the command is typed in the shell.</summary>
    public string Usage => Format switch
    {
        ReportFormat.List or ReportFormat.Disassembly or ReportFormat.WebList => $"""
            {Name} <func_regex|address> [focus_regex]* [-ignore_regex]* [>file]
            The functions that match, or the one at the address
            """,
        ReportFormat.Peek => $"""
            {Name} <func_regex> [focus_regex]* [-ignore_regex]* [>file]
            The functions that match, with their callers and what they call
            """,
        ReportFormat.Tags => $"""
            {Name} [tag_regex]* [-ignore_regex]* [>file]
            Samples with a key:value that matches tag_regex, and none that matches ignore_regex
            """,
        ReportFormat.Comments => $"{Name} [>file]",
        ReportFormat.Top or ReportFormat.TopProto or ReportFormat.Tree => $"""
            {Name} [n] [focus_regex]* [-ignore_regex]* [-cum] [>file]
            At most n entries, of samples that match a focus_regex and no ignore_regex; -cum sorts by cumulative weight
            """,
        _ => $"""
            {Name} [n] [focus_regex]* [-ignore_regex]* [>file]
            Samples that match a focus_regex and no ignore_regex; of a graph at most n nodes
            """,
    };

    private static PprofCommand Picture(string type) =>
        new(type, ReportFormat.Dot, false, $"Outputs a graph image in {type.ToUpperInvariant()} format") { Graphviz = type, FileType = type };
}
