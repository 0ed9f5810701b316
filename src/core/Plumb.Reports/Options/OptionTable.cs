using System.Collections.Immutable;
using System.Globalization;

namespace Plumb.Reports.Options;

/// <summary>All report options, once. Flags, shell variables, URL parameters, saved settings and the help text are read off this table.</summary>
public static class OptionTable
{
    // Made at every start and asked a few dozen times: a frozen dictionary takes longer to make than it ever saves.
    private static readonly Dictionary<string, Option> ByName = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, Option> ByChoice = new(StringComparer.Ordinal);

    static OptionTable()
    {
        All =
        [
            Text("output", null, false, o => o.Output, (o, v) => o with { Output = v },
                "Output filename for file-based outputs"),
            Transient("json", o => o.Json, (o, v) => o with { Json = v },
                "Write the report as JSON\nAny report; instead of a picture the graph, instead of a profile what is in it."),
            Flag("call_tree", "calltree", o => o.CallTree, (o, v) => o with { CallTree = v },
                "Create a context-sensitive call tree\nPlaces that are reached by different paths count as different. Graphs and callgrind only."),
            Flag("relative_percentages", "rel", o => o.RelativePercentages, (o, v) => o with { RelativePercentages = v },
                "Show percentages relative to focused subgraph\nOtherwise they are of the whole profile, so that views compare."),
            Text("unit", "unit", true, o => o.Unit, (o, v) => o with { Unit = v },
                "Measurement units to display\nseconds, ms, ns, ... for times; mb, kb, bytes, ... for memory; auto picks for each value, minimum one for all."),
            Flag("compact_labels", "compact", o => o.CompactLabels, (o, v) => o with { CompactLabels = v },
                "Show minimal headers"),
            Text("source_path", null, false, o => o.SourcePath, (o, v) => o with { SourcePath = v },
                "Search path for source files"),
            Text("trim_path", null, false, o => o.TrimPath, (o, v) => o with { TrimPath = v },
                "Path to trim from source paths before search"),
            Flag("intel_syntax", "intel", o => o.IntelSyntax, (o, v) => o with { IntelSyntax = v },
                "Show assembly in Intel syntax\nFor disasm and weblist."),
            Flag("mean", "mean", o => o.Mean, (o, v) => o with { Mean = v },
                "Average sample value over first value (count)\nMemory for each allocation, time for each event."),
            Text("sample_index", "si", false, o => o.SampleIndex, (o, v) => o with { SampleIndex = v },
                "Sample value to report (0-based index or name)"),
            Number("divide_by", null, false, o => o.DivideBy, (o, v) => o with { DivideBy = v },
                "Ratio to divide all samples before visualization\nFor example the number of processors, or of jobs."),
            Flag("normalize", "norm", o => o.Normalize, (o, v) => o with { Normalize = v },
                "Scales profile based on the base profile."),
            Choice("sort", "sort", o => o.Sort, (o, v) => o with { Sort = v },
                ("cum", SortOrder.Cum, "Sort entries based on cumulative weight"),
                ("flat", SortOrder.Flat, "Sort entries based on own weight")),
            Text("tagroot", null, true, o => o.TagRoot, (o, v) => o with { TagRoot = v },
                "Adds pseudo stack frames for labels key/value pairs at the callstack root.\nKeys separated by commas; the first one becomes the new root."),
            Text("tagleaf", null, true, o => o.TagLeaf, (o, v) => o with { TagLeaf = v },
                "Adds pseudo stack frames for labels key/value pairs at the callstack leaf.\nKeys separated by commas; the last one becomes the new leaf."),
            Flag("drop_negative", "dropneg", o => o.DropNegative, (o, v) => o with { DropNegative = v },
                "Ignore negative differences\nEntries with a value below 0 are not shown."),
            Integer("nodecount", "n", o => o.NodeCount, (o, v) => o with { NodeCount = v },
                "Max number of nodes to show\nIn graphs, dotted edges stand for paths through nodes that are left out."),
            Number("nodefraction", "nf", true, o => o.NodeFraction, (o, v) => o with { NodeFraction = v },
                "Hide nodes below <f>*total"),
            Number("edgefraction", "ef", true, o => o.EdgeFraction, (o, v) => o with { EdgeFraction = v },
                "Hide edges below <f>*total"),
            Flag("trim", "trim", o => o.Trim, (o, v) => o with { Trim = v },
                "Honor nodefraction/edgefraction/nodecount defaults\nWhen false, everything is shown."),
            Text("focus", "f", true, o => o.Focus, (o, v) => o with { Focus = v },
                "Restricts to samples going through a node matching regexp\nFunction, file and object names are looked at."),
            Text("ignore", "i", true, o => o.Ignore, (o, v) => o with { Ignore = v },
                "Skips paths going through any nodes matching regexp\nFunction, file and object names are looked at."),
            Text("prune_from", "prunefrom", true, o => o.PruneFrom, (o, v) => o with { PruneFrom = v },
                "Drops any functions below the matched frame.\nThe matched frame stays."),
            Text("hide", "h", true, o => o.Hide, (o, v) => o with { Hide = v },
                "Skips nodes matching regexp\nThe rest of their samples is shown. Function, file and object names are looked at."),
            Text("show", "s", true, o => o.Show, (o, v) => o with { Show = v },
                "Only show nodes matching regexp\nFunction, file and object names are looked at."),
            Text("show_from", "sf", true, o => o.ShowFrom, (o, v) => o with { ShowFrom = v },
                "Drops functions above the highest matched frame.\nFunction, file and object names are looked at."),
            Text("tagfocus", "tf", true, o => o.TagFocus, (o, v) => o with { TagFocus = v },
                "Restricts to samples with tags in range or matched by regexp\nkey=value looks at one key only. Examples: 1kb, 1kb:10kb, memory=32mb:, foo.*bar, mytag=foo"),
            Text("tagignore", "ti", true, o => o.TagIgnore, (o, v) => o with { TagIgnore = v },
                "Discard samples with tags in range or matched by regexp\nkey=value looks at one key only. Examples: 1kb, 1kb:10kb, memory=32mb:, foo.*bar, mytag=foo"),
            Text("tagshow", "ts", true, o => o.TagShow, (o, v) => o with { TagShow = v },
                "Only consider tags matching this regexp"),
            Text("taghide", "th", true, o => o.TagHide, (o, v) => o with { TagHide = v },
                "Skip tags matching this regexp"),
            Flag("noinlines", "noinlines", o => o.NoInlines, (o, v) => o with { NoInlines = v },
                "Ignore inlines.\nInlined functions count for the first caller that was not inlined."),
            Flag("showcolumns", "showcolumns", o => o.ShowColumns, (o, v) => o with { ShowColumns = v },
                "Show column numbers at the source code line level."),
            Choice("granularity", "g", o => o.Granularity, (o, v) => o with { Granularity = v },
                ("functions", Granularity.Functions, "Aggregate at the function level."),
                ("filefunctions", Granularity.FileFunctions, "Aggregate at the function level.\nFunctions of the same name in different files stay apart."),
                ("files", Granularity.Files, "Aggregate at the file level."),
                ("lines", Granularity.Lines, "Aggregate at the source code line level."),
                ("addresses", Granularity.Addresses, "Aggregate at the address level.\nAddresses are shown.")),
        ];
        foreach (Option option in All)
        {
            ByName.Add(option.Name, option);
            foreach (OptionChoice choice in option.Choices)
                ByChoice.Add(choice.Name, option);
        }
    }

    public static ImmutableArray<Option> All { get; }

    /// <summary>The option that each choice, such as <c>cum</c>, is a value of.</summary>
    public static IReadOnlyDictionary<string, Option> Choices => ByChoice;

    public static Option? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>True and false in the spellings that pprof takes; an empty text is true, as in <c>-mean=</c>.</summary>
    /// <exception cref="FormatException">Another text.</exception>
    public static bool ParseFlag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "t" or "yes" or "y" or "1" or "" => true,
        "false" or "f" or "no" or "n" or "0" => false,
        _ => throw new FormatException($"illegal value \"{text}\" for bool variable"),
    };

    private static Option Text(
        string name, string? url, bool saved, Func<ReportOptions, string> get, Func<ReportOptions, string, ReportOptions> set, string help) =>
        new(name, OptionKind.Text, url, saved, help) { Get = get, Set = set };

    // A switch of the command line and the shell alone.
    private static Option Transient(string name, Func<ReportOptions, bool> get, Func<ReportOptions, bool, ReportOptions> set, string help) =>
        Flag(name, "", get, set, help) with { UrlParameter = null, IsSaved = false };

    private static Option Flag(
        string name, string url, Func<ReportOptions, bool> get, Func<ReportOptions, bool, ReportOptions> set, string help) =>
        new(name, OptionKind.Flag, url, true, help)
        {
            Get = options => get(options) ? "true" : "false",
            Set = (options, text) => set(options, ParseFlag(text)),
        };

    private static Option Integer(
        string name, string url, Func<ReportOptions, int> get, Func<ReportOptions, int, ReportOptions> set, string help) =>
        new(name, OptionKind.Integer, url, true, help)
        {
            Get = options => get(options).ToString(CultureInfo.InvariantCulture),
            Set = (options, text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                ? set(options, value)
                : throw new FormatException($"{name}: \"{text}\" is not a whole number"),
        };

    private static Option Number(
        string name, string? url, bool saved, Func<ReportOptions, double> get, Func<ReportOptions, double, ReportOptions> set, string help) =>
        new(name, OptionKind.Number, url, saved, help)
        {
            Get = options => get(options).ToString("R", CultureInfo.InvariantCulture),
            Set = (options, text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? set(options, value)
                : throw new FormatException($"{name}: \"{text}\" is not a number"),
        };

    private static Option Choice<T>(
        string name, string url, Func<ReportOptions, T> get, Func<ReportOptions, T, ReportOptions> set,
        params (string Name, T Value, string Help)[] choices)
        where T : struct, Enum =>
        new(name, OptionKind.Choice, url, true, name)
        {
            Choices = [.. Array.ConvertAll(choices, static choice => new OptionChoice(choice.Name, choice.Help))],
            Get = options => choices.FirstOrDefault(choice => choice.Value.Equals(get(options))).Name ?? "",
            Set = (options, text) => choices.FirstOrDefault(choice => choice.Name == text) is { Name: not null } found
                ? set(options, found.Value)
                : throw new FormatException($"invalid {name} value \"{text}\"; it is one of {string.Join(", ", choices.Select(choice => choice.Name))}"),
        };
}
