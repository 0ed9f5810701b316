using Plumb.Runtime.Events;
using Plumb.Runtime.NetTrace;

namespace Plumb.Runtime.Cpu;

/// <summary>
/// Where each thread was, sample by sample. The runtime samples every thread, whether it runs or waits, so that a sample is worth
/// nothing until the thread's clock says how much it ran around then.
/// </summary>
internal sealed class CpuSink() : EventSink(RuntimeEvents.SampleProvider)
{
    private const int MaxRuns = 6_000_000;
    private const long SliceNanos = 10_000_000;
    private readonly Dictionary<ulong, List<Run>> _threads = [];
    private int _runs;

    /// <summary>Samples of one thread on one stack within a slice of time.</summary>
    private record struct Run(long Slice, int Stack, int Count);

    /// <summary>Samples that found no room.</summary>
    public long Lost { get; private set; }

    protected override void Count(in TraceEvent traced)
    {
        if (!_threads.TryGetValue(traced.ThreadId, out List<Run>? runs))
            _threads[traced.ThreadId] = runs = [];

        long slice = traced.Timestamp / SliceNanos;
        int stack = Stacks.Intern(traced.Stack);
        if (runs.Count > 0 && runs[^1] is var last && last.Slice == slice && last.Stack == stack)
            runs[^1] = last with { Count = last.Count + 1 };
        else if (_runs < MaxRuns)
            Add(runs, new Run(slice, stack, 1));
        else
            Lost++;
    }

    /// <summary>Shares each thread's CPU time among the stacks that it was seen on meanwhile.</summary>
    public void Weigh(ThreadClocks clocks)
    {
        foreach ((int thread, ThreadClocks.Clock clock) in clocks.Threads)
        {
            List<Run> runs = _threads.GetValueOrDefault((ulong)thread, []);
            // The runtime sorts by thread, but not across the seams of its blocks.
            runs.Sort((a, b) => a.Slice.CompareTo(b.Slice));
            int next = 0;
            foreach ((int look, long nanos) in clock.Spent)
            {
                (int from, int to) = Between(runs, ref next, look == 0 ? 0 : clocks.Looks[look - 1], clocks.Looks[look]);
                Share(runs, from, to, nanos, clock.Name);
            }
        }
    }

    private void Add(List<Run> runs, Run run)
    {
        runs.Add(run);
        _runs++;
    }

    private static (int From, int To) Between(List<Run> runs, ref int next, long start, long end)
    {
        while (next < runs.Count && runs[next].Slice < start / SliceNanos)
            next++;
        int to = next;
        while (to < runs.Count && runs[to].Slice < end / SliceNanos)
            to++;
        return (next, to);
    }

    private void Share(List<Run> runs, int from, int to, long nanos, string thread)
    {
        long count = 0;
        for (int i = from; i < to; i++)
            count += runs[i].Count;
        // Collector, compiler, and whatever the runtime does not see as a thread of its own.
        if (count == 0)
            Totals.Add(StackIndex.Lost, thread, 0, nanos);
        for (int i = from; i < to; i++)
            Totals.Add(runs[i].Stack, "", runs[i].Count, (long)(nanos * ((double)runs[i].Count / count)));
    }
}
