using System.Globalization;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Goroutines;

/// <summary>Whether threads run, as the system sees it.</summary>
internal sealed class ThreadStates
{
    private readonly Dictionary<int, string> _folders = [];

    public ThreadStates(TargetProcess target)
    {
        foreach (string folder in target.Threads())
            _folders[target.OwnNumberOf(int.Parse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture))] = folder;
    }

    /// <param name="thread">As the process itself calls it.</param>
    // The third field behind the name in brackets, which may hold anything.
    public bool IsRunning(int thread) =>
        _folders.TryGetValue(thread, out string? folder) && SystemFile.Text($"{folder}/stat") is { } stat
        && stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart().StartsWith("R");
}
