using Plumb.Cli.Files;
using Plumb.Reports.Options;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>
/// The folders below which a page may show source files: the search path, the current directory, and those of Go's own sources and modules.
/// A listing on a terminal shows its user what the user asked for; a page is asked by whoever has its address, and the path comes from the profile.
/// </summary>
internal sealed class ReadableFolders
{
    private readonly string[] _folders;

    public ReadableFolders(ReportOptions options, PprofHost host)
    {
        string[] chosen = options.SourcePath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        SourceRoots roots = SourceRoots.Of([.. chosen.Append(host.Directory).Select(folder => Path.GetFullPath(Path.Combine(host.Directory, folder)))], host.Environment);
        // Whoever starts it in / does not mean to show the whole machine.
        _folders = [.. roots.Search.Concat(roots.Modules).Concat(roots.GoRoots).Concat(roots.GoPaths)
            .Select(RealPath.Of).OfType<string>().Where(folder => folder != "/").Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a path leads below one of the folders once every link on its way is followed.</summary>
    public bool Contain(string path) => RealPath.Of(path) is { } real && Array.Exists(_folders, folder => RealPath.IsBelow(real, folder));
}
