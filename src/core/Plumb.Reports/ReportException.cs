namespace Plumb.Reports;

/// <summary>The report that was asked for cannot be made: an option is wrong, or nothing matches.</summary>
public sealed class ReportException : Exception
{
    public ReportException()
    {
    }

    public ReportException(string message)
        : base(message)
    {
    }

    public ReportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
