using System.Diagnostics.CodeAnalysis;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>Where the reports of one run go: one to stdout, any number to files.</summary>
/// <param name="Standard">The format on stdout.</param>
/// <param name="Files">The format of a file follows from its ending, unless that says nothing.</param>
internal sealed record ReportOutputs(ReportFormat Standard, IReadOnlyList<ReportFile> Files)
{
    public static ReportOutputs Terminal { get; } = new(ReportFormat.Terminal, []);

    /// <summary>Whether any of the reports is in this format.</summary>
    public bool Wants(ReportFormat format) => Standard == format || Files.Any(file => file.Format == format);

    /// <param name="format">What --format says; null when it was not given.</param>
    /// <param name="files">What -o says, each time.</param>
    /// <param name="offered">The formats that this command has.</param>
    /// <param name="outputs">Where the reports go.</param>
    /// <param name="problem">Why that cannot be.</param>
    public static bool TryMake(
        ReportFormat? format,
        IReadOnlyList<string> files,
        IReadOnlyCollection<ReportFormat> offered,
        [NotNullWhen(true)] out ReportOutputs? outputs,
        [NotNullWhen(false)] out string? problem)
    {
        outputs = null;
        List<ReportFile> resolved = [];
        foreach (string path in files)
        {
            if (!ReportFormats.TryGuess(path, out ReportFormat? guess) && format is null)
            {
                problem = $"-o {path}: the ending does not tell a format; add --format {ReportFormats.Names(offered)}";
                return false;
            }

            if (Directory.Exists(path) || Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder || !Directory.Exists(folder))
            {
                problem = $"-o {path}: there is no such folder, or it is one itself";
                return false;
            }

            resolved.Add(new ReportFile(path, guess ?? format!.Value));
        }

        foreach (ReportFormat wanted in resolved.Select(file => file.Format).Append(format ?? ReportFormat.Terminal))
        {
            if (!offered.Contains(wanted))
            {
                problem = $"the formats of this report are {ReportFormats.Names(offered)}";
                return false;
            }
        }

        // "--format html -o report.html" means that file; the person at the terminal still wants to read the verdict.
        bool isInFile = format is { } asked && resolved.Exists(file => file.Format == asked);
        outputs = new ReportOutputs(isInFile ? ReportFormat.Terminal : format ?? ReportFormat.Terminal, resolved);
        problem = null;
        return true;
    }
}
