namespace Plumb.Reports.Text;

/// <summary>Paths as profiles hold them: with slashes, of a machine that is not this one. Nothing here looks at a disk.</summary>
internal static class UnixPath
{
    /// <summary>The last element, without trailing slashes; <c>.</c> for an empty path, <c>/</c> for the root.</summary>
    public static string Base(string path)
    {
        if (path.Length == 0)
            return ".";

        string trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }

    /// <summary>The shortest path that means the same: no empty elements, no <c>.</c>, and <c>..</c> resolved by text alone.</summary>
    public static string Clean(string path)
    {
        if (path.Length == 0)
            return ".";

        if (IsClean(path))
            return path;

        bool rooted = path[0] == '/';
        var elements = new List<string>();
        foreach (string element in path.Split('/'))
        {
            if (element is "" or ".")
                continue;

            if (element != "..")
                elements.Add(element);
            else if (elements.Count > 0 && elements[^1] != "..")
                elements.RemoveAt(elements.Count - 1);
            else if (!rooted)
                elements.Add(element);
        }

        string joined = string.Join('/', elements);
        return rooted ? "/" + joined : joined.Length == 0 ? "." : joined;
    }

    private static bool IsClean(string path) =>
        !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal)
        && !path.StartsWith('.') && (path.Length == 1 || !path.EndsWith('/'));
}
