namespace Plumb.Cli.Leaks.Rendering;

/// <summary>Brings the reports of a run to stdout and into their files.</summary>
internal static class ReportPrinter
{
    /// <param name="outputs">Where they go.</param>
    /// <param name="noColor">Whether the user wants no colours.</param>
    /// <param name="write">Writes one report.</param>
    /// <exception cref="LeaksException">A file cannot be written.</exception>
    public static void Print(ReportOutputs outputs, bool noColor, Action<ReportFormat, TextWriter, Screen> write)
    {
        foreach (ReportFile file in outputs.Files)
        {
            Save(file, write);
        }

        try
        {
            using var output = new StreamWriter(Console.OpenStandardOutput());
            write(outputs.Standard, output, Screen.OfOutput(noColor));
        }
        catch (IOException)
        {
            // The reader of the pipe has gone; the exit code still tells the verdict.
        }
    }

    // Whoever reads the file while it is written anew sees the old report or the new one, never half of one.
    private static void Save(ReportFile file, Action<ReportFormat, TextWriter, Screen> write)
    {
        string unfinished = IsReplaceable(file.Path) ? $"{file.Path}.{Path.GetRandomFileName()}" : file.Path;
        try
        {
            using (var output = new StreamWriter(unfinished))
            {
                write(file.Format, output, Screen.Plain);
            }

            if (unfinished != file.Path)
            {
                File.Move(unfinished, file.Path, overwrite: true);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            if (unfinished != file.Path)
            {
                TryDelete(unfinished);
            }

            throw new LeaksException($"the report cannot be written to {file.Path}: {failed.Message}");
        }
    }

    // A device (/dev/null) and a pipe say that they are empty; they, and what a link leads to, are written to and not replaced.
    private static bool IsReplaceable(string path)
    {
        var file = new FileInfo(path);
        return !file.Exists || (file.Length > 0 && file.LinkTarget is null);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // What cannot be written often cannot be deleted either; the error that is told is the first.
        }
    }
}
