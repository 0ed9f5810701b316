using System.Text;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>
/// Guesses where a source lies that is not where the profile says, because the program was built elsewhere: in a container, on a build
/// server, with paths trimmed. Looks at no disk.
/// </summary>
internal sealed class SourceGuesses(SourceRoots roots)
{
    private const int MaxPathLength = 1_024;
    private const int MaxParts = 48;
    private const string ModuleCache = "/pkg/mod/";
    private const string Sources = "/src/";

    // Where containers, build servers and deterministic builds have what is the working directory elsewhere.
    private static readonly string[] s_buildRoots =
        ["/_/", "/app/", "/src/", "/go/src/app/", "/build/", "/workspace/", "/workspaces/", "/usr/src/app/", "/usr/src/", "/code/", "/source/", "/work/", "/repo/"];

    // A profile must not be able to choose just any file: its text would end up in a report that is sent around.
    private static readonly HashSet<string> s_endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".go", ".s", ".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".inc", ".rs", ".cs", ".fs", ".vb", ".razor", ".cshtml",
        ".java", ".kt", ".scala", ".py", ".rb", ".php", ".js", ".mjs", ".ts", ".tsx", ".jsx", ".swift", ".m", ".mm", ".zig", ".nim", ".d", ".pyx", ".y", ".l",
    };

    /// <param name="recorded">The path as the profile has it.</param>
    /// <param name="inRepository">The path within the repository, where a PDB knows it.</param>
    /// <returns>Likely places first, none twice.</returns>
    public IEnumerable<SourcePlace> For(string recorded, string? inRepository = null) =>
        All(recorded, inRepository).Where(place => IsHarmless(place.Path)).Distinct();

    private IEnumerable<SourcePlace> All(string recorded, string? inRepository)
    {
        string path = recorded.Replace('\\', '/');
        if (path.Length > MaxPathLength || Array.Exists(path.Split('/'), part => part is "." or ".."))
            return [];

        return
        [
            .. inRepository is null ? [] : Below([.. roots.Search.SelectMany(WithParents)], inRepository.Replace('\\', '/')),
            .. InModuleCache(path), .. InGoRoot(path), .. InGoPath(path), .. InWorkingDirectory(path),
        ];
    }

    private static bool IsHarmless(string path)
    {
        string[] parts = path.Split('/');
        return path.Length > 0 && parts.Length <= MaxParts && !path.Contains('\0', StringComparison.Ordinal)
            && s_endings.Contains(Path.GetExtension(path)) && !Array.Exists(parts, part => part.Length == 0);
    }

    // github.com/Azure/x@v1.2.3/a.go, which is what -trimpath leaves, lies in github.com/!azure/x@v1.2.3/a.go.
    private IEnumerable<SourcePlace> InModuleCache(string path)
    {
        int cache = path.LastIndexOf(ModuleCache, StringComparison.Ordinal);
        string module = cache >= 0 ? path[(cache + ModuleCache.Length)..] : path.TrimStart('/');
        int version = module.IndexOf("@v", StringComparison.Ordinal);
        if (version <= 0)
            return [];

        int end = module.IndexOf('/', version);
        if (end < 0)
            return [];

        string unversioned = module[..version] + module[end..];
        return
        [
            .. Below(roots.Modules, module), .. Below(roots.Modules, Escaped(module[..end]) + module[end..]),
            .. Below(roots.Search, $"vendor/{unversioned}"), .. Below(roots.Search, $"vendor/{Unescaped(unversioned)}"),
        ];
    }

    /// <summary>How the module cache writes upper case, because some file systems cannot tell it from lower case.</summary>
    private static string Escaped(string module)
    {
        var text = new StringBuilder(module.Length + 8);
        foreach (char c in module)
            _ = char.IsAsciiLetterUpper(c) ? text.Append('!').Append(char.ToLowerInvariant(c)) : text.Append(c);

        return text.ToString();
    }

    private static string Unescaped(string module)
    {
        var text = new StringBuilder(module.Length);
        for (int i = 0; i < module.Length; i++)
            text.Append(module[i] == '!' && i + 1 < module.Length ? char.ToUpperInvariant(module[++i]) : module[i]);

        return text.ToString();
    }

    // /usr/local/go/src/net/http/server.go; /opt/hostedtoolcache/go/1.22.1/x64/src/…; with -trimpath net/http/server.go.
    private IEnumerable<SourcePlace> InGoRoot(string path)
    {
        string? inLibrary = path;
        if (path.StartsWith('/') || path.StartsWith('$') || path.Contains(':', StringComparison.Ordinal))
        {
            int sources = path.IndexOf(Sources, StringComparison.Ordinal);
            bool isGo = sources >= 0 && Array.Exists(path[..sources].Split('/'), IsGoFolder);
            inLibrary = isGo ? path[(sources + Sources.Length)..] : null;
        }

        // No package of Go's library has a dot in the first part of its name, and all others have.
        return inLibrary is null || inLibrary.Split('/')[0].Contains('.', StringComparison.Ordinal) || !inLibrary.Contains('/', StringComparison.Ordinal)
            ? [] : Below(roots.GoRoots, inLibrary);
    }

    private static bool IsGoFolder(string part) =>
        part is "go" or "$GOROOT" || part.StartsWith("go1", StringComparison.Ordinal) || part.Contains("go-", StringComparison.Ordinal);

    private IEnumerable<SourcePlace> InGoPath(string path)
    {
        int sources = path.IndexOf(Sources, StringComparison.Ordinal);
        string package = sources >= 0 ? path[(sources + Sources.Length)..] : path;
        int host = package.IndexOf('/', StringComparison.Ordinal);
        return host > 0 && package[..host].Contains('.', StringComparison.Ordinal) ? Below(roots.GoPaths, package) : [];
    }

    // The longest end of the path that is there. The name alone is enough only for what lay in the root of the build itself.
    private IEnumerable<SourcePlace> InWorkingDirectory(string path)
    {
        string rest = Array.Find(s_buildRoots, root => path.StartsWith(root, StringComparison.Ordinal)) is { } build ? path[build.Length..] : "";
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int skip = 0; skip < parts.Length && parts.Length <= MaxParts; skip++)
        {
            string end = string.Join('/', parts[skip..]);
            if (parts.Length - skip < 2 && end != rest)
                continue;

            foreach (SourcePlace place in Below(roots.Search, end))
                yield return place;
        }
    }

    private static IEnumerable<string> WithParents(string folder)
    {
        for (string? parent = folder; parent is not null && parent != "/"; parent = Path.GetDirectoryName(parent))
            yield return parent;
    }

    private static IEnumerable<SourcePlace> Below(IEnumerable<string> folders, string path) => folders.Select(folder => new SourcePlace(folder, path));
}
