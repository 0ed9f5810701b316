using System.Collections.Immutable;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>Folders of this machine in which sources of other places may be found again.</summary>
/// <param name="Search">Where the user works, or said to look.</param>
/// <param name="Modules">Go's module caches.</param>
/// <param name="GoRoots">The <c>src</c> folders of Go's own sources.</param>
/// <param name="GoPaths">The <c>src</c> folders of workspaces from before modules.</param>
internal sealed record SourceRoots(
    ImmutableArray<string> Search, ImmutableArray<string> Modules, ImmutableArray<string> GoRoots, ImmutableArray<string> GoPaths)
{
    private const int MaxInstalledVersions = 16;

    public static SourceRoots Of(ImmutableArray<string> search, Func<string, string?> environment)
    {
        string home = environment("HOME") ?? "";
        string[] workspaces = Paths(environment("GOPATH")) is { Length: > 0 } set ? set : home.Length > 0 ? [Path.Combine(home, "go")] : [];
        ImmutableArray<string> modules = Existing([.. Paths(environment("GOMODCACHE")), .. workspaces.Select(path => Path.Combine(path, "pkg", "mod"))]);
        return new SourceRoots(
            search, modules, Existing(GoInstallations(environment, home).Select(root => Path.Combine(root, "src"))),
            Existing(workspaces.Select(path => Path.Combine(path, "src"))));
    }

    // What is chosen first, then what the go command on the path belongs to, then the places where installers put it.
    private static IEnumerable<string> GoInstallations(Func<string, string?> environment, string home)
    {
        if (environment("GOROOT") is { Length: > 0 } chosen)
            yield return chosen;

        foreach (string folder in Paths(environment("PATH")))
        {
            if (Files.RealPath.Of(Path.Combine(folder, "go")) is { } program && Path.GetDirectoryName(Path.GetDirectoryName(program)) is { } root)
                yield return root;
        }

        yield return "/usr/local/go";
        foreach (string root in Versions("/usr/lib", "go*").Concat(home.Length > 0 ? Versions(Path.Combine(home, "sdk"), "go*") : []))
            yield return root;
    }

    private static IEnumerable<string> Versions(string folder, string pattern)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateDirectories(folder, pattern).Order(StringComparer.Ordinal).TakeLast(MaxInstalledVersions).Reverse()]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string[] Paths(string? list) =>
        [.. (list ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathFullyQualified)];

    private static ImmutableArray<string> Existing(IEnumerable<string> folders) => [.. folders.Where(Directory.Exists).Distinct(StringComparer.Ordinal)];
}
