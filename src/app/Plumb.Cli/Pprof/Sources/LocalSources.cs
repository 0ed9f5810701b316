using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumb.Cli.Files;
using Plumb.Profiles;
using Plumb.Reports;
using Plumb.Reports.Listing;
using Plumb.Reports.Text;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>
/// Finds source files on this machine: where the profile says, below the search directories, inside PDBs, and where
/// <see cref="SourceGuesses"/> thinks. Paths come from a profile: nothing but regular files of a sane size that hold text is read, and what is
/// guessed must in truth, links resolved, lie below the folder that it was guessed in.
/// </summary>
internal sealed class LocalSources : ISourceFiles, IDisposable
{
    private const long MaxBytes = 64 << 20;
    private const int BinaryProbeBytes = 8 << 10;
    private const int MaxPlacesSaid = 6;

    private readonly SourceTrimming _trimming;
    private readonly string _searchPath;
    private readonly ImmutableArray<string> _directories;
    // Most reports ask for no source, and what it is made from takes a look at many folders.
    private readonly Lazy<SourceGuesses> _guesses;
    private readonly PdbSources _pdbs;
    private readonly Action<string> _say;
    private readonly Func<string, bool>? _mayRead;

    /// <param name="report">Its options say where to search, its profile which binaries there are.</param>
    /// <param name="mayRead">Whether a path may be read at all; null when any may.</param>
    public LocalSources(Report report, PprofHost host, Func<string, bool>? mayRead = null)
    {
        _mayRead = mayRead;
        string sourcePath = report.Options.SourcePath;
        _searchPath = sourcePath.Length > 0 ? sourcePath : host.Directory;
        _trimming = new SourceTrimming(report.Options.TrimPath, _searchPath);
        _directories = [.. _searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.GetFullPath(Path.Combine(host.Directory, directory)))];
        _guesses = new Lazy<SourceGuesses>(() => new SourceGuesses(SourceRoots.Of(_directories, host.Environment)));
        _pdbs = new PdbSources([.. report.Profile.Mappings.Rows], _directories);
        _say = note => host.Error.WriteLine(TerminalText.Escape(note));
    }

    public SourceText Find(string path)
    {
        string trimmed = _trimming.Trim(path);
        if (trimmed.Contains('\0', StringComparison.Ordinal))
            return SourceText.Missing($"could not find file {trimmed} on path {_searchPath}");

        return FindAsTheProfileSays(trimmed) ?? FindEmbedded(path) ?? FindElsewhere(path, trimmed);
    }

    public void Dispose() => _pdbs.Dispose();

    private SourceText? FindAsTheProfileSays(string path)
    {
        if (Path.IsPathRooted(path))
            return Read(path);

        foreach (string directory in _directories)
        {
            for (string? root = directory; root is not null; root = Path.GetDirectoryName(root))
            {
                string candidate = Path.GetFullPath(Path.Combine(root, path));
                if (RealPath.IsBelow(candidate, root) && Read(candidate) is { } text)
                    return text;
            }
        }

        return null;
    }

    private SourceText? FindEmbedded(string path) =>
        _pdbs.Embedded(path) is { } source ? new SourceText(Lines(new MemoryStream(source))) : null;

    private SourceText FindElsewhere(string path, string trimmed)
    {
        var tried = new List<string>();
        foreach (SourcePlace place in _guesses.Value.For(path, _pdbs.PathInRepository(path)))
        {
            string candidate = Path.Combine(place.Root, place.Path);
            tried.Add(candidate);
            if (!File.Exists(candidate) || RealPath.Of(candidate) is not { } real || RealPath.Of(place.Root) is not { } root || !RealPath.IsBelow(real, root)
                || Read(real) is not { Error: null } text)
                continue;

            // It may be another version than the one that ran.
            _say($"{path} is not there; its lines are those of {candidate}");
            return text;
        }

        if (_mayRead is not null && Path.IsPathRooted(trimmed) && File.Exists(trimmed))
            return SourceText.Missing($"{trimmed} is outside the folders that may be read here; name its folder with -source_path");

        string missing = Path.IsPathRooted(trimmed) ? $"open {trimmed}: {(File.Exists(trimmed) ? "not a regular file" : "no such file or directory")}" : $"could not find file {trimmed} on path {_searchPath}";
        return SourceText.Missing(missing + Said(tried));
    }

    private static string Said(List<string> tried)
    {
        if (tried.Count == 0)
            return "";

        string rest = tried.Count > MaxPlacesSaid
            ? string.Create(CultureInfo.InvariantCulture, $" and {tried.Count - MaxPlacesSaid} more places") : "";
        return $"; also looked in {string.Join(", ", tried.Take(MaxPlacesSaid))}{rest}";
    }

    private SourceText? Read(string path)
    {
        if (_mayRead is not null && !_mayRead(path))
            return null;

        try
        {
            using FileStream? file = RegularFile.TryOpen(path);
            if (file is null)
                return null;

            if (file.Length > MaxBytes)
                return SourceText.Missing($"open {path}: larger than {MaxBytes >> 20} MB");

            return IsBinary(file) ? SourceText.Missing($"open {path}: not a text") : new SourceText(Lines(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SourceText.Missing($"open {path}: {e.Message}");
        }
    }

    private static bool IsBinary(FileStream file)
    {
        Span<byte> head = stackalloc byte[BinaryProbeBytes];
        int count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;

        // Texts of 16-bit characters begin with a mark that says so.
        return head[..count].Contains((byte)0) && !head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && !head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
    }

    private static ImmutableArray<string> Lines(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        while (reader.ReadLine() is { } line)
            lines.Add(line);

        return lines.ToImmutable();
    }
}
