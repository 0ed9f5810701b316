using System.Text;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;
using Plumb.Reports.Text;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>
/// Finds source files on this machine. Paths come from a profile: a relative one is looked up below the search directories and their
/// parents and never outside of them, and nothing but regular files of a sane size is read.
/// </summary>
internal sealed class LocalSources : ISourceFiles
{
    private const long MaxBytes = 64 << 20;

    private readonly SourceTrimming _trimming;
    private readonly string _searchPath;
    private readonly string[] _directories;

    public LocalSources(ReportOptions options, string currentDirectory)
    {
        _searchPath = options.SourcePath.Length > 0 ? options.SourcePath : currentDirectory;
        _trimming = new SourceTrimming(options.TrimPath, _searchPath);
        _directories = [.. _searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.GetFullPath(Path.Combine(currentDirectory, directory)))];
    }

    public SourceText Find(string path)
    {
        string trimmed = _trimming.Trim(path);
        if (trimmed.Contains('\0', StringComparison.Ordinal))
            return SourceText.Missing($"could not find file {trimmed} on path {_searchPath}");

        if (Path.IsPathRooted(trimmed))
            return Read(trimmed) ?? SourceText.Missing($"open {trimmed}: no such file or directory");

        foreach (string directory in _directories)
        {
            for (string? root = directory; root is not null; root = Path.GetDirectoryName(root))
            {
                string candidate = Path.GetFullPath(Path.Combine(root, trimmed));
                if (IsBelow(candidate, root) && Read(candidate) is { } text)
                    return text;
            }
        }

        return SourceText.Missing($"could not find file {trimmed} on path {_searchPath}");
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static SourceText? Read(string path)
    {
        try
        {
            using FileStream? file = RegularFile.TryOpen(path);
            if (file is null)
                return null;

            if (file.Length > MaxBytes)
                return SourceText.Missing($"open {path}: larger than {MaxBytes >> 20} MB");

            using var reader = new StreamReader(file, Encoding.UTF8);
            var lines = new List<string>();
            while (reader.ReadLine() is { } line)
                lines.Add(line);

            return new SourceText([.. lines]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SourceText.Missing($"open {path}: {e.Message}");
        }
    }
}
