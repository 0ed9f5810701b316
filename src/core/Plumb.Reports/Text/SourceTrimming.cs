namespace Plumb.Reports.Text;

/// <summary>Takes from the paths of a profile what says where it was built: prefixes that are configured, or guessed from the search path.</summary>
public sealed class SourceTrimming
{
    private static readonly string[] WorkingDirectories = ["/proc/self/cwd/./", "/proc/self/cwd/"];

    private readonly string[] _bases;
    private readonly string[] _prefixes;

    /// <param name="trimPath">Prefixes separated by colons; when empty, everything up to the name of a search directory goes.</param>
    /// <param name="searchPath">Directories separated by colons.</param>
    public SourceTrimming(string trimPath, string searchPath)
    {
        _bases = trimPath.Length > 0 ? [] : [.. Split(searchPath).Select(directory => $"/{UnixPath.Base(directory)}/")];
        _prefixes = [.. Split(trimPath).Select(prefix => prefix.EndsWith('/') ? prefix : prefix + "/"), .. WorkingDirectories];
    }

    public static SourceTrimming None { get; } = new("", "");

    public string Trim(string path)
    {
        foreach (string directory in _bases)
        {
            int at = path.IndexOf(directory, StringComparison.Ordinal);
            if (at >= 0)
                return path[(at + directory.Length)..];
        }

        foreach (string prefix in _prefixes)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
                return path[prefix.Length..];
        }

        return path;
    }

    internal static string[] Split(string paths) => paths.Length == 0 ? [] : paths.Split(':');
}
