using System.Globalization;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Goroutines;

/// <summary>The threads of a process as the system sees them at one moment.</summary>
internal sealed class ThreadStates
{
    private readonly Dictionary<int, ThreadState> _threads = [];

    public ThreadStates(TargetProcess target, ThreadWaits waits)
    {
        waits.Look();
        foreach (string folder in target.Threads())
        {
            int thread = int.Parse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture);
            if (Read(folder) is var (name, isRunning))
                _threads[target.OwnNumberOf(thread)] = new ThreadState(name, isRunning, isRunning ? null : waits.Of(thread));
        }
    }

    public IReadOnlyCollection<ThreadState> All => _threads.Values;

    /// <param name="thread">As the process itself calls it.</param>
    /// <returns>Null for one that has ended.</returns>
    public ThreadState? Find(int thread) => _threads.GetValueOrDefault(thread);

    private static (string Name, bool IsRunning)? Read(string folder)
    {
        if (SystemFile.Text($"{folder}/stat") is not { } stat)
            return null;
        // The third field behind the name in brackets, which may hold anything.
        int open = stat.IndexOf('(', StringComparison.Ordinal);
        int close = stat.LastIndexOf(')');
        return open >= 0 && close > open ? (stat[(open + 1)..close], stat.AsSpan(close + 1).TrimStart().StartsWith("R")) : null;
    }
}
