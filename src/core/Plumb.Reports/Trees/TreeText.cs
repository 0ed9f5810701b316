using Plumb.Reports.Measurements;
using Plumb.Reports.Text;

namespace Plumb.Reports.Trees;

/// <summary>Prints a <see cref="TreeView"/>.</summary>
public static class TreeText
{
    private const string Separator = "----------------------------------------------------------+-------------";

    /// <exception cref="ReportException">The pattern of a peek matches nothing; what was to be said was printed before.</exception>
    public static void Write(TreeView view, AmountFormat amounts, ReportWriter writer)
    {
        ReportHeader.Write(writer, view.Header);
        writer.WriteLine(Separator);
        writer.WriteLine("      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t ");
        foreach (TreeNode node in view.Nodes)
        {
            writer.WriteLine(Separator);
            foreach (TreeCall caller in node.Callers)
                WriteCall(caller, node, amounts, writer);

            WriteNode(node, view.Total, amounts, writer);
            foreach (TreeCall callee in node.Callees)
                WriteCall(callee, node, amounts, writer);
        }

        if (view.HasNodes)
            writer.WriteLine(Separator);
    }

    private static void WriteNode(TreeNode node, long total, AmountFormat amounts, ReportWriter writer)
    {
        writer.WriteRight(amounts.Format(node.Flat), 10);
        writer.Write(' ');
        writer.Write(Measurement.Percent(node.Flat, total));
        writer.Write(' ');
        writer.Write(Measurement.Percent(node.RunningFlat, total));
        writer.Write(' ');
        writer.WriteRight(amounts.Format(node.Cum), 10);
        writer.Write(' ');
        writer.Write(Measurement.Percent(node.Cum, total));
        writer.Write("                | ");
        writer.WriteProfileText(node.Name);
        writer.WriteLine();
    }

    private static void WriteCall(TreeCall call, TreeNode node, AmountFormat amounts, ReportWriter writer)
    {
        writer.WriteRight(amounts.Format(call.Weight), 50);
        writer.Write(' ');
        writer.Write(Measurement.Percent(call.Weight, node.Cum));
        writer.Write(" |   ");
        writer.WriteProfileText(call.Name);
        writer.WriteLine(call.IsInline ? " (inline)" : "");
    }
}
