namespace Plumb.Profiles;

/// <summary>
/// The modules of a .NET program that were built from its own projects, as a comment of its profiles: where the sources lay tells them from
/// packages only sometimes, for reproducible builds call every folder <c>/_/</c>.
/// </summary>
public static class ApplicationModules
{
    private const string Prefix = "modules of the application: ";
    private const string Separator = ", ";

    /// <param name="fileNames">Without folders: <c>Shop.dll</c>.</param>
    public static string Comment(IEnumerable<string> fileNames) => Prefix + string.Join(Separator, fileNames);

    /// <summary>The file names in the comments of a profile; empty when none says any.</summary>
    public static IReadOnlyList<string> Read(IEnumerable<string> comments)
    {
        ArgumentNullException.ThrowIfNull(comments);
        return [.. comments.Where(c => c.StartsWith(Prefix, StringComparison.Ordinal)).SelectMany(c => c[Prefix.Length..].Split(Separator, StringSplitOptions.RemoveEmptyEntries))];
    }
}
