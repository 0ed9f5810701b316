namespace Plumb.Cli.Leaks.Rendering;

/// <summary>A file that a report goes to.</summary>
internal sealed record ReportFile(string Path, ReportFormat Format);
