using System.Globalization;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Goroutines;

/// <summary>
/// For how long threads have not run. The system does not say since when one waits; it counts how long each ran, and a thread of which that
/// has not changed from one look to another has not run in between. Safe for concurrent use.
/// </summary>
internal sealed class ThreadWaits(TargetProcess target, TimeProvider time)
{
    private readonly Lock _turn = new();
    private Dictionary<int, Seen> _seen = [];

    /// <param name="Ran">CPU nanoseconds so far.</param>
    /// <param name="Since">The first look that saw this figure.</param>
    private readonly record struct Seen(long Ran, long Since);

    public void Look()
    {
        lock (_turn)
        {
            long now = time.GetTimestamp();
            var seen = new Dictionary<int, Seen>(_seen.Count);
            foreach (string folder in target.Threads())
            {
                int thread = int.Parse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture);
                long ran = target.IsOwn ? LibC.ThreadNanos(thread) : Scheduled(folder);
                if (ran >= 0)
                    seen[thread] = _seen.TryGetValue(thread, out Seen before) && before.Ran == ran ? before : new Seen(ran, now);
            }

            _seen = seen;
        }
    }

    /// <param name="thread">As this process calls it.</param>
    /// <returns>Null for one that no look saw.</returns>
    public TimeSpan? Of(int thread)
    {
        lock (_turn)
            return _seen.TryGetValue(thread, out Seen seen) ? time.GetElapsedTime(seen.Since) : null;
    }

    // "run wait slices"
    private static long Scheduled(string folder)
    {
        string text = SystemFile.Text($"{folder}/schedstat") ?? "";
        int end = text.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && long.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out long nanos) ? nanos : -1;
    }
}
