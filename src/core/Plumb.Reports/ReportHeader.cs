using System.Collections.Immutable;
using System.Globalization;
using Plumb.Profiles;
using Plumb.Profiles.Units;
using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports;

/// <summary>The lines above a report: what was profiled, and what part of it is shown.</summary>
public static class ReportHeader
{
    private const int MaxFilterBytes = 80;

    /// <summary>What the profile says of itself.</summary>
    /// <param name="amounts">How the total is written.</param>
    public static ImmutableArray<string> OfProfile(Report report, AmountFormat amounts)
    {
        ProfileHeader header = report.Profile.Header;
        var lines = new List<string>();
        if (report.Profile.Mappings.Count > 0)
        {
            Mapping main = report.Profile.Mappings.Rows[0];
            if (main.File.Length > 0)
                lines.Add($"File: {UnixPath.Base(main.File)}");

            if (main.BuildId.Length > 0)
                lines.Add($"Build ID: {main.BuildId}");
        }

        lines.AddRange(header.Comments.Where(comment => !comment.StartsWith('#')));
        if (report.SampleTypeName.Length > 0)
            lines.Add($"Type: {report.SampleTypeName}");

        if (header.DocUrl.Length > 0)
            lines.Add($"Doc: {header.DocUrl}");

        if (header.TimeNanos != 0)
            lines.Add($"Time: {ProfileTime.Format(header.TimeNanos, report.TimeZone)}");

        if (header.DurationNanos != 0)
            lines.Add(Duration(report, amounts, header.DurationNanos));

        return [.. lines];
    }

    /// <summary>All lines above a report of entries.</summary>
    /// <param name="shown">Sum of the flat values shown.</param>
    /// <param name="full">For a graph, which has the profile's lines even where labels are to be compact.</param>
    public static ImmutableArray<string> OfEntries(
        Report report, AmountFormat amounts, long shown, int count, int originalCount, int droppedNodes, int droppedEdges, bool full = false)
    {
        var lines = new List<string>();
        if (full || !report.Options.CompactLabels)
            lines.AddRange(OfProfile(report, amounts));

        ImmutableArray<string> filters = ReportFilters.Active(report.Options);
        if (filters.Length > 0)
        {
            lines.Add("Active filters:");
            lines.AddRange(filters.Select(filter => $"   {Cut(filter)}"));
        }

        lines.Add($"Showing nodes accounting for {amounts.Format(shown)}, {Measurement.ShortPercent(shown, report.Total)} of {amounts.Format(report.Total)} total");
        if (report.Total != 0)
        {
            if (droppedNodes > 0)
                lines.Add(Dropped(droppedNodes, "node", "cum", amounts, report.Total * report.Options.NodeFraction));

            if (droppedEdges > 0)
                lines.Add(Dropped(droppedEdges, "edge", "freq", amounts, report.Total * report.Options.EdgeFraction));

            if (count > 0 && count < originalCount)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"Showing top {count} nodes out of {originalCount}"));
        }

        if (full)
            lines.Add("\nSee https://git.io/JfYMW for how to read the graph");

        return [.. lines];
    }

    internal static void Write(ReportWriter writer, ImmutableArray<string> lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                writer.WriteLine();

            writer.WriteProfileText(lines[i]);
        }

        writer.WriteLine();
    }

    private static string Duration(Report report, AmountFormat amounts, long nanos)
    {
        (double total, string unit) = UnitScale.Convert(report.Total, report.SampleUnit, "nanoseconds");
        string ratio = unit == "ns" && total != 0 ? $"({Measurement.Percent((long)total, nanos)})" : "";
        return $"Duration: {Measurement.Format(nanos, "nanoseconds")}, Total samples = {amounts.Format(report.Total)} {ratio}";
    }

    private static string Dropped(int count, string what, string value, AmountFormat amounts, double cutoff) =>
        string.Create(CultureInfo.InvariantCulture, $"Dropped {count} {what}{(count > 1 ? "s" : "")} ({value} <= {amounts.Format(SampleValues.Magnitude((long)cutoff))})");

    private static string Cut(string filter)
    {
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(filter);
        return utf8.Length <= MaxFilterBytes ? filter : System.Text.Encoding.UTF8.GetString(utf8.AsSpan(0, MaxFilterBytes)) + "…";
    }
}
