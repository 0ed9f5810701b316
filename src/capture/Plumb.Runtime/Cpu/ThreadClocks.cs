using System.Diagnostics;
using System.Globalization;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Cpu;

/// <summary>
/// How much CPU time each thread took, and when: between two looks, 20 ms apart. The looks are stretched when there are so many threads
/// that looking would be felt.
/// </summary>
internal sealed class ThreadClocks(TargetProcess target, TimeProvider time)
{
    private const int MaxRows = 4_000_000;
    private const int LooksPerList = 5;
    private const double MaxShare = 0.005;
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<int, Clock> _threads = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<long> _looks = [];
    private int _rows;

    public sealed class Clock(string folder, string name, long nanos)
    {
        public string Folder { get; } = folder;

        public string Name { get; } = name;

        public long Nanos { get; set; } = nanos;

        /// <summary>CPU nanoseconds by the number of the look that saw them; only where there were any.</summary>
        public List<(int Look, long Nanos)> Spent { get; } = [];
    }

    public IReadOnlyDictionary<int, Clock> Threads => _threads;

    /// <summary>When each look was, in ticks of the stopwatch.</summary>
    public IReadOnlyList<long> Looks => _looks;

    public async Task WatchAsync(TimeSpan duration, CancellationToken stop)
    {
        long start = time.GetTimestamp();
        List(isFirst: true);
        Look();
        for (int i = 1; time.GetElapsedTime(start) < duration; i++)
        {
            long before = Stopwatch.GetTimestamp();
            if (i % LooksPerList == 0)
                List(isFirst: false);
            Look();
            TimeSpan pause = TimeSpan.FromTicks(Math.Max(Distance.Ticks, (long)(Stopwatch.GetElapsedTime(before).Ticks / MaxShare)));
            TimeSpan rest = duration - time.GetElapsedTime(start);
            if (rest > TimeSpan.Zero)
                await Task.Delay(pause < rest ? pause : rest, time, stop).ConfigureAwait(false);
        }

        List(isFirst: false);
        Look();
    }

    private void List(bool isFirst)
    {
        foreach (string folder in target.Threads())
        {
            if (!_known.Add(folder))
                continue;
            int thread = int.Parse(Path.GetFileName(folder.AsSpan()), CultureInfo.InvariantCulture);
            // What a thread took that began meanwhile, it took meanwhile.
            _threads[target.OwnNumberOf(thread)] = new Clock(folder, NameOf(folder), isFirst ? Math.Max(0, Nanos(thread, folder)) : 0);
        }
    }

    private void Look()
    {
        _looks.Add(Stopwatch.GetTimestamp());
        foreach ((int thread, Clock clock) in _threads)
        {
            long now = Nanos(thread, clock.Folder);
            if (now <= clock.Nanos || _rows >= MaxRows)
                continue;
            clock.Spent.Add((_looks.Count - 1, now - clock.Nanos));
            clock.Nanos = now;
            _rows++;
        }
    }

    /// <summary>−1 when the thread has ended.</summary>
    private long Nanos(int thread, string folder) => target.IsOwn ? LibC.ThreadNanos(thread) : ScheduledNanos(folder);

    // The clock of another process's thread cannot be asked; the scheduler writes down what it gave: "run wait slices".
    private static long ScheduledNanos(string folder) =>
        SystemFile.Text($"{folder}/schedstat") is { } text && text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end
        && long.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out long nanos) ? nanos : -1;

    private static string NameOf(string folder) => SystemFile.Text($"{folder}/comm")?.Trim() ?? "";
}
