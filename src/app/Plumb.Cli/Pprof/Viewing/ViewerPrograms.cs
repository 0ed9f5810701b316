namespace Plumb.Cli.Pprof.Viewing;

/// <summary>
/// The programs that may show a report, the best first, each as its words. They come from a fixed list and from the user's environment,
/// never from a profile, and no shell reads them.
/// </summary>
internal static class ViewerPrograms
{
    /// <summary>Where in the words the file goes; at their end when it is not among them (as <c>$BROWSER</c> is meant).</summary>
    private const string Place = "%s";

    public static IEnumerable<string[]> Of(Viewer viewer, Func<string, string?> environment) => viewer switch
    {
        Viewer.Eog => [["eog"]],
        Viewer.Evince => [["evince"]],
        Viewer.Gv => [["gv", "--noantialias"]],
        Viewer.KCachegrind => [["kcachegrind"]],
        _ => Browsers(environment),
    };

    public static IReadOnlyList<string> WithFile(IEnumerable<string> words, string file) =>
        words.Any(word => word.Contains(Place, StringComparison.Ordinal))
            ? [.. words.Select(word => word.Replace(Place, file, StringComparison.Ordinal))]
            : [.. words, file];

    /// <summary>Where a program lies; null when it is not there.</summary>
    public static string? Find(string program, string path)
    {
        if (program.Contains('/', StringComparison.Ordinal))
            return File.Exists(program) ? program : null;

        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsProgram);
    }

    private static IEnumerable<string[]> Browsers(Func<string, string?> environment)
    {
        if (environment("BROWSER")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } chosen)
            yield return chosen;

        if (OperatingSystem.IsMacOS())
        {
            yield return ["/usr/bin/open"];
            yield break;
        }

        // Browsers before xdg-open, which may hand an .svg to a viewer that cannot move around in it.
        foreach (string name in new[] { "chrome", "google-chrome", "chromium", "firefox", "sensible-browser" })
            yield return [name];

        if (environment("DISPLAY") is { Length: > 0 } || environment("WAYLAND_DISPLAY") is { Length: > 0 })
            yield return ["xdg-open"];
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0);
}
