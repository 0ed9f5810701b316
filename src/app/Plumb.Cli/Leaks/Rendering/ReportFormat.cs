namespace Plumb.Cli.Leaks.Rendering;

/// <summary>The forms in which a report can be had.</summary>
internal enum ReportFormat
{
    Terminal,
    Json,
    Sarif,
    Markdown,
    Html,
}
