using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Top;

/// <summary>Prints a <see cref="TopView"/>.</summary>
public static class TopText
{
    public static void Write(TopView view, AmountFormat amounts, ReportWriter writer)
    {
        ReportHeader.Write(writer, view.Header);
        writer.WriteLine("      flat  flat%   sum%        cum   cum%");
        foreach (TopRow row in view.Rows)
        {
            writer.WriteRight(amounts.Format(row.Flat), 10);
            writer.Write(' ');
            writer.Write(Measurement.Percent(row.Flat, view.Total));
            writer.Write(' ');
            writer.Write(Measurement.Percent(row.RunningFlat, view.Total));
            writer.Write(' ');
            writer.WriteRight(amounts.Format(row.Cum), 10);
            writer.Write(' ');
            writer.Write(Measurement.Percent(row.Cum, view.Total));
            writer.Write("  ");
            writer.WriteProfileText(row.Name);
            writer.WriteLine(Label(row.Inlining));
        }
    }

    private static string Label(Inlining inlining) => inlining switch
    {
        Inlining.Full => " (inline)",
        Inlining.Partial => " (partial-inline)",
        _ => "",
    };
}
