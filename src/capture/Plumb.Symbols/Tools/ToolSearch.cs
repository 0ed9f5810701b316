namespace Plumb.Symbols.Tools;

/// <summary>Finds programs in the folders that the user named, and then on the search path.</summary>
internal sealed class ToolSearch
{
    private readonly List<(string Tool, string Folder)> _places = [];
    private readonly List<string> _searchPath = [];

    public ToolSearch(string places, string searchPath)
    {
        foreach (string place in places.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = place.IndexOf(':', StringComparison.Ordinal);
            _places.Add(colon < 0 ? ("", place) : (place[..colon], place[(colon + 1)..]));
        }

        // A relative entry would run whatever program lies in the folder that somebody stands in.
        _searchPath.AddRange(searchPath.Split(Path.PathSeparator).Where(Path.IsPathFullyQualified));
    }

    /// <param name="program">The file's name.</param>
    /// <param name="placeName">The name that the user's places know it by, where that is another one.</param>
    /// <returns>A full path, or null.</returns>
    public string? Find(string program, string? placeName = null)
    {
        IEnumerable<string> folders = _places.Where(place => place.Tool == (placeName ?? program) || place.Tool == program).Select(place => place.Folder)
            .Concat(_places.Where(place => place.Tool.Length == 0).Select(place => place.Folder))
            .Concat(_searchPath);
        return folders.Select(folder => Path.GetFullPath(Path.Combine(folder, program))).FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path)
    {
        const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);
    }
}
