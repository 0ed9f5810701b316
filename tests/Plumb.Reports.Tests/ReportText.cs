using System.Text;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Disassembly;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;
using Plumb.Reports.Text;

namespace Plumb.Reports.Tests;

/// <summary>Prints reports for tests.</summary>
internal static class ReportText
{
    /// <summary>Options without trimming or header, which small profiles read best with.</summary>
    public static ReportOptions Plain { get; } = new() { Trim = false, CompactLabels = true };

    public static string Print(Profile profile, ReportFormat format, ReportOptions options, string? pattern = null, bool forTerminal = false) =>
        Print(Report(profile, format, options, pattern), new NoSources(), forTerminal);

    public static string Print(Report report) => Print(report, new NoSources());

    public static string Print(Report report, IMachineCode code, bool forTerminal = false, ISourceFiles? sources = null) =>
        Print(report, sources ?? new NoSources(), forTerminal, code);

    public static string Print(Report report, ISourceFiles sources, bool forTerminal = false, IMachineCode? code = null)
    {
        using var target = new MemoryStream();
        using (var writer = new ReportWriter(target, forTerminal))
            ReportPrinter.Print(report, sources, writer, code);

        return Encoding.UTF8.GetString(target.ToArray());
    }

    public static Report Report(Profile profile, ReportFormat format, ReportOptions options, string? pattern = null) =>
        Reports.Report.Create(ProfileSelection.All(profile), format, options, pattern is null ? null : NamePattern.Parse(pattern));

    private sealed class NoSources : ISourceFiles
    {
        public SourceText Find(string path) => SourceText.Missing($"could not find file {path}");
    }
}
