using Plumb.Profiles.Units;
using Plumb.Reports.Graphs;
using Plumb.Reports.Measurements;

namespace Plumb.Reports;

/// <summary>Finds the one unit in which all amounts of a report read well.</summary>
internal static class ReportUnit
{
    /// <returns>A unit, or what was asked for when that was not <see cref="UnitScale.Minimum"/>.</returns>
    public static string Choose(Report report, IReadOnlyCollection<CallNode> nodes)
    {
        long smallest = 0;
        foreach (CallNode node in nodes)
            smallest = Smaller(smallest, node.FlatValue, node.CumValue);

        return Choose(report, smallest, nodes.Count > 0);
    }

    /// <param name="flatAndCum">The two values of each entry.</param>
    /// <returns>A unit, or what was asked for when that was not <see cref="UnitScale.Minimum"/>.</returns>
    public static string Choose(Report report, IEnumerable<(long Flat, long Cum)> flatAndCum)
    {
        long smallest = 0;
        bool any = false;
        foreach ((long flat, long cum) in flatAndCum)
        {
            any = true;
            smallest = Smaller(smallest, flat, cum);
        }

        return Choose(report, smallest, any);
    }

    private static long Smaller(long smallest, long flat, long cum)
    {
        long value = SampleValues.Magnitude(flat != 0 ? flat : cum);
        return value > 0 && (smallest == 0 || value < smallest) ? value : smallest;
    }

    private static string Choose(Report report, long smallest, bool any)
    {
        if (report.Options.Unit != UnitScale.Minimum)
            return report.Options.Unit;

        return any ? Choose(report, smallest == 0 ? report.Total : smallest) : UnitScale.Minimum;
    }

    private static string Choose(Report report, long smallest)
    {
        long largest = report.Total;
        double ratio = 1 / report.Options.DivideBy;
        if (ratio is > 0 and not 1)
        {
            smallest = (long)(smallest * ratio);
            largest = (long)(largest * ratio);
        }

        string unit = Natural(smallest);
        // Two decimals reach down to a hundredth, so a larger unit still shows the smallest value. Callgrind knows whole numbers only.
        if (unit != Natural(largest) && smallest * 100 < largest && report.Format != ReportFormat.Callgrind)
            unit = Natural(100 * smallest);

        return unit.Length > 0 ? unit : report.SampleUnit;

        string Natural(long value) => UnitScale.Convert(value, report.SampleUnit, UnitScale.Minimum).Unit;
    }
}
