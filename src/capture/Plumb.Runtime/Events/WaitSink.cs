using System.Diagnostics;
using Plumb.Runtime.NetTrace;

namespace Plumb.Runtime.Events;

/// <summary>How long threads wait: for locks, and, where those events are asked for, for handles, tasks and semaphores.</summary>
internal sealed class WaitSink() : EventSink(RuntimeEvents.Provider)
{
    public const string Lock = "lock";
    public const string Handle = "wait";

    private readonly Dictionary<(ulong Thread, string Kind), (int Stack, long Start)> _pending = [];

    /// <summary>Who still waits is counted with the time until now.</summary>
    public override void End(long end)
    {
        foreach (((ulong _, string kind), (int stack, long start)) in _pending)
            Totals.Add(stack, kind, 1, Nanos(end - start));
        _pending.Clear();
    }

    protected override void Count(in TraceEvent traced)
    {
        switch (traced.Kind.Id)
        {
            case RuntimeEvents.ContentionStart:
                Begin(traced, Lock);
                break;
            case RuntimeEvents.ContentionStop:
                Finish(traced, Lock);
                break;
            // A lock may wait for a handle in the end: that wait is counted already.
            case RuntimeEvents.WaitStart when !_pending.ContainsKey((traced.ThreadId, Lock)):
                Begin(traced, Handle);
                break;
            case RuntimeEvents.WaitStop:
                Finish(traced, Handle);
                break;
        }
    }

    private void Begin(in TraceEvent traced, string kind) => _pending[(traced.ThreadId, kind)] = (Stacks.Intern(traced.Stack), traced.Timestamp);

    private void Finish(in TraceEvent traced, string kind)
    {
        // Without its start it began before the session: how long it was is not known.
        if (_pending.Remove((traced.ThreadId, kind), out (int Stack, long Start) wait))
            Totals.Add(wait.Stack, kind, 1, Nanos(traced.Timestamp - wait.Start));
    }

    private static long Nanos(long ticks) => Math.Max(0, (long)(ticks * (1e9 / Stopwatch.Frequency)));
}
