using System.Diagnostics;
using System.Globalization;

namespace Plumb.Runtime.Cpu;

/// <summary>
/// How much CPU time each thread took, and when: between two looks, 20 ms apart. The looks are stretched when there are so many threads
/// that looking would be felt.
/// </summary>
internal sealed class ThreadClocks(TimeProvider time)
{
    private const int MaxRows = 4_000_000;
    private const int LooksPerList = 5;
    private const double MaxShare = 0.005;
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<int, Clock> _threads = [];
    private readonly List<long> _looks = [];
    private int _rows;

    public sealed class Clock(string name, long nanos)
    {
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
        foreach (string folder in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (!int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int thread) || _threads.ContainsKey(thread))
                continue;
            // What a thread took that began meanwhile, it took meanwhile.
            _threads[thread] = new Clock(NameOf(folder), isFirst ? Math.Max(0, LibC.ThreadNanos(thread)) : 0);
        }
    }

    private void Look()
    {
        _looks.Add(Stopwatch.GetTimestamp());
        foreach ((int thread, Clock clock) in _threads)
        {
            long now = LibC.ThreadNanos(thread);
            if (now <= clock.Nanos || _rows >= MaxRows)
                continue;
            clock.Spent.Add((_looks.Count - 1, now - clock.Nanos));
            clock.Nanos = now;
            _rows++;
        }
    }

    private static string NameOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "comm")).Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
