namespace Plumb.Cli.Tests.Pprof;

/// <summary>Where the recorded outputs of the reference are, and what was run for each.</summary>
internal static class CompatData
{
    public static string? Folder { get; } = Find();

    /// <summary>Name, arguments, the file with the expected output, and the exit code of each row that a command line can reproduce.</summary>
    public static IEnumerable<(string Name, string[] Arguments, string Expected, int ExitCode)> Rows() =>
        Folder is null ? [] : Golden(Folder).Concat(Recorded(Folder));

    private static IEnumerable<(string Name, string[] Arguments, string Expected, int ExitCode)> Golden(string folder)
    {
        foreach (string line in File.ReadLines(Path.Combine(folder, "golden.tsv")).Skip(1))
        {
            // Some rows need objects that only the reference's unit tests build, two steps, or another directory.
            if (line.Split('\t') is [string golden, string source, string flags, string note] && note.StartsWith('n')
                && !note.Contains("library-level", StringComparison.Ordinal) && !note.Contains("two CLI steps", StringComparison.Ordinal)
                && !flags.Contains("cwd=", StringComparison.Ordinal))
            {
                yield return (golden, Arguments(flags, source), Path.Combine(folder, golden), 0);
            }
        }
    }

    private static IEnumerable<(string Name, string[] Arguments, string Expected, int ExitCode)> Recorded(string folder)
    {
        foreach (string line in File.ReadLines(Path.Combine(folder, "recorded", "index.tsv")).Skip(1))
        {
            if (line.Split('\t') is [string output, string source, string flags, string exitCode, ..])
                yield return (output, Arguments(flags, source), Path.Combine(folder, "recorded", "out", output), int.Parse(exitCode, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    // Rows of merges and comparisons name their sources among the flags. Quotes are single and whole words.
    private static string[] Arguments(string flags, string source)
    {
        List<string> arguments = [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('\''))];
        if (!arguments.Exists(word => word.StartsWith("inputs/", StringComparison.Ordinal)))
            arguments.Add(source);

        return [.. arguments];
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PLUMB_COMPAT") is { Length: > 0 } set)
            return Directory.Exists(set) ? set : throw new DirectoryNotFoundException($"PLUMB_COMPAT names {set}, which is not there");

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "compat");
            if (File.Exists(Path.Combine(candidate, "golden.tsv")))
                return candidate;
        }

        return null;
    }
}
