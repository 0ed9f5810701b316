using System.Buffers.Binary;
using System.Diagnostics;
using Plumb.Runtime.NetTrace;

namespace Plumb.Runtime.Events;

/// <summary>How long threads wait: for locks, and, where those events are asked for, for handles, tasks and semaphores.</summary>
/// <param name="threadName">Names the thread that held the lock, by its number; null: waits are told apart by their kind instead.</param>
internal sealed class WaitSink(Func<ulong, string>? threadName = null) : EventSink(RuntimeEvents.Provider)
{
    public const string Lock = "lock";
    public const string Handle = "wait";

    /// <summary>Where a contention has the thread that holds the lock: behind flags, instance, lock and object (version 2 of the event).</summary>
    private const int OwnerOffset = 1 + 2 + 8 + 8;
    private const int MaxOwners = 65_536;

    private readonly Dictionary<(ulong Thread, string Kind), (int Stack, long Start, string Label)> _pending = [];
    private readonly Dictionary<ulong, string> _owners = [];

    /// <summary>Who still waits is counted with the time until now.</summary>
    public override void End(long end)
    {
        foreach ((int stack, long start, string label) in _pending.Values)
            Totals.Add(stack, label, 1, Nanos(end - start));
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

    private void Begin(in TraceEvent traced, string kind) => _pending[(traced.ThreadId, kind)] =
        (Stacks.Intern(traced.Stack), traced.Timestamp, threadName is null ? kind : Owner(traced.Payload));

    private string Owner(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < OwnerOffset + sizeof(ulong))
            return "";
        ulong thread = BinaryPrimitives.ReadUInt64LittleEndian(payload[OwnerOffset..]);
        if (thread == 0)
            return "";
        if (_owners.TryGetValue(thread, out string? owner))
            return owner;
        owner = threadName!(thread);
        if (_owners.Count < MaxOwners)
            _owners[thread] = owner;
        return owner;
    }

    private void Finish(in TraceEvent traced, string kind)
    {
        // Without its start it began before the session: how long it was is not known.
        if (_pending.Remove((traced.ThreadId, kind), out (int Stack, long Start, string Label) wait))
            Totals.Add(wait.Stack, wait.Label, 1, Nanos(traced.Timestamp - wait.Start));
    }

    private static long Nanos(long ticks) => Math.Max(0, (long)(ticks * (1e9 / Stopwatch.Frequency)));
}
