using System.Diagnostics.CodeAnalysis;

namespace Plumb.Collectors.Recording;

/// <summary>Finds a file by a name that someone else wrote, inside a folder that is not to be left.</summary>
public static class ContainedFile
{
    private const int MaxNameLength = 255;

    /// <summary>The full path of a regular, non-empty file; otherwise <paramref name="problem"/> says what is wrong with the name.</summary>
    /// <remarks>
    /// Symbolic links are refused at every step below the folder. So are files of length 0: what is not a regular file (a pipe, which
    /// would block; a device) says that it has no length, and an empty profile is of no use either.
    /// </remarks>
    public static bool TryFind(
        string folder,
        string name,
        [NotNullWhen(true)] out string? path,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(name);
        path = null;
        if (name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAny('\0', '\\', ':'))
        {
            problem = "is not a file name";
            return false;
        }

        if (Path.IsPathRooted(name) || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            problem = "leaves its folder";
            return false;
        }

        string current = Path.GetFullPath(folder);
        foreach (string part in name.Split('/'))
        {
            current = Path.Combine(current, part);
            if (new FileInfo(current).LinkTarget is not null)
            {
                problem = "is a symbolic link";
                return false;
            }
        }

        var file = new FileInfo(current);
        problem = (file.Exists, Length: file.Exists ? file.Length : 0) switch
        {
            (false, _) => "does not exist",
            (_, 0) => "is empty, or not a regular file",
            _ => null,
        };
        path = problem is null ? current : null;
        return problem is null;
    }
}
