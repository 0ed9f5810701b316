using Plumb.Reports.Text;

namespace Plumb.Reports.Comments;

/// <summary>Prints the comments of a profile, one a line.</summary>
public static class CommentsText
{
    public static void Write(Report report, ReportWriter writer)
    {
        foreach (string comment in report.Profile.Header.Comments)
        {
            writer.WriteProfileText(comment);
            writer.WriteLine();
        }
    }
}
