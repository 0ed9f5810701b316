namespace Plumb.Cli.Files;

/// <summary>Where a path leads in truth.</summary>
internal static class RealPath
{
    private const int MaxLinks = 64;

    /// <summary>The path with all links resolved, part by part, so that none on the way hides where it leads; null when nothing is there.</summary>
    public static string? Of(string path)
    {
        try
        {
            string current = "/";
            int links = 0;
            Stack<string> rest = Parts(Path.GetFullPath(path));
            while (rest.TryPop(out string? part))
            {
                string next = Path.GetFullPath(Path.Combine(current, part));
                if (new FileInfo(next).LinkTarget is not { } target)
                {
                    current = next;
                    continue;
                }

                if (++links > MaxLinks)
                    return null;

                foreach (string targetPart in Parts(Path.GetFullPath(target, current)).Reverse())
                    rest.Push(targetPart);

                current = "/";
            }

            return Path.Exists(current) ? current : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether a path with no links lies below a folder, which has none either.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.Ordinal);

    private static Stack<string> Parts(string path) => new(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
}
