using Plumb.Cli.Files;
using Plumb.Leaks.Stacks;

namespace Plumb.Cli.Leaks.Sources;

/// <summary>Finds the source line that a frame names, below folders that the user works in.</summary>
/// <remarks>
/// The path comes out of a profile, which anyone can have written: <c>/etc/shadow</c> and <c>~/.ssh/id_rsa</c> are paths too. Only a
/// regular file with the ending of a source file is read, only below the given folders (links are resolved first), and only when the
/// function's name is in it: a file of the same name from elsewhere, or of another version, would mislead.
/// </remarks>
internal sealed class SourceFolders
{
    private const long MaxFileBytes = 4 << 20;
    private const int LinesAround = 2;
    private const int MaxPathParts = 64;

    private static readonly HashSet<string> s_endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".go", ".cs", ".fs", ".vb", ".razor", ".cshtml", ".c", ".cc", ".cpp", ".cxx", ".h", ".hpp", ".rs", ".java", ".kt", ".py", ".ts", ".js", ".s",
    };

    private readonly List<string> _roots;

    // The root of the file system is no root: everything is below it.
    public SourceFolders(IEnumerable<string> roots) => _roots = [.. roots.Select(RealPath.Of).OfType<string>().Where(root => root != "/")];

    /// <summary>The lines around the frame's; null when they cannot be shown with confidence.</summary>
    public SourceExcerpt? Find(Frame frame)
    {
        if (frame.Line < 1 || !s_endings.Contains(Path.GetExtension(frame.File)))
        {
            return null;
        }

        foreach (string path in Candidates(frame.File))
        {
            if (RealPath.Of(path) is { } real && RootOf(real) is { } root && Read(real) is { } lines && Matches(lines, frame))
            {
                return Excerpt(Path.GetRelativePath(root, real), lines, frame.Line);
            }
        }

        return null;
    }

    private static bool Matches(string[] lines, Frame frame)
    {
        // main.(*Store).Load.func1 → Load: the names of closures are not in the source.
        string named = frame.NamedFunction;
        string name = named[(named.LastIndexOf('.') + 1)..];
        return frame.Line <= lines.Length && lines.Any(line => line.Contains(name, StringComparison.Ordinal));
    }

    private static SourceExcerpt Excerpt(string path, string[] lines, int line)
    {
        int first = Math.Max(1, line - LinesAround);
        int last = Math.Min(lines.Length, line + LinesAround);
        return new SourceExcerpt(path, first, lines[(first - 1)..last], line);
    }

    private static string[]? Read(string path)
    {
        try
        {
            // What is not a regular file (a pipe would block, a device may never end) has no length.
            var file = new FileInfo(path);
            return file.Exists && file.Length is > 0 and <= MaxFileBytes ? File.ReadAllLines(path) : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The path as compiled in, then its endings below each root, longest first: the program may have been built elsewhere.</summary>
    private IEnumerable<string> Candidates(string file)
    {
        string path = file.Replace('\\', '/');
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > MaxPathParts || parts.Contains("..") || path.Contains('\0', StringComparison.Ordinal))
        {
            yield break;
        }

        if (Path.IsPathRooted(path))
        {
            yield return path;
        }

        foreach (string root in _roots)
        {
            for (int skip = 0; skip < parts.Length; skip++)
            {
                yield return Path.Combine([root, .. parts[skip..]]);
            }
        }
    }

    private string? RootOf(string real) =>
        _roots.FirstOrDefault(root => RealPath.IsBelow(real, root));
}
