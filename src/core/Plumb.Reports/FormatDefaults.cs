using Plumb.Reports.Options;

namespace Plumb.Reports;

/// <summary>What the formats demand of the options.</summary>
internal static class FormatDefaults
{
    public static ReportOptions Apply(ReportFormat format, ReportOptions options)
    {
        options = format switch
        {
            // One place for each address: with inlined calls, cumulative values would count several times.
            ReportFormat.Disassembly => options with { Granularity = Granularity.Addresses, NoInlines = true },
            ReportFormat.WebList => options with { Granularity = Granularity.Addresses, NoInlines = false },
            // Means do not add up, and the widths of a flame graph must.
            ReportFormat.Flame => options with { Mean = false },
            ReportFormat.List => options with { Granularity = Granularity.Lines },
            ReportFormat.Proto or ReportFormat.Raw or ReportFormat.Callgrind => options with { Granularity = Granularity.Addresses },
            _ => options,
        };
        if (!options.Trim || IsNeverTrimmed(format))
            return options with { NodeCount = 0, NodeFraction = 0, EdgeFraction = 0 };

        if (options.NodeCount == -1)
            options = options with { NodeCount = format is ReportFormat.Top or ReportFormat.TopProto ? 0 : 80 };

        return options;
    }

    // These show chosen functions, which may be far below what is worth showing in the whole, or must lose nothing.
    private static bool IsNeverTrimmed(ReportFormat format) => format is
        ReportFormat.Disassembly or ReportFormat.WebList or ReportFormat.Peek or ReportFormat.List
        or ReportFormat.Proto or ReportFormat.Raw or ReportFormat.Callgrind or ReportFormat.Folded or ReportFormat.Flame;
}
