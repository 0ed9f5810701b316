using System.Diagnostics.CodeAnalysis;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Cpu;

/// <summary>A timer for each thread of the process, and a ring into which it samples.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Freed explicitly, as all of the agent's memory.")]
internal sealed unsafe class CpuTimers(ulong periodNanos)
{
    private const int MaxThreads = 1024;

    /// <summary>Never given back to the system: a signal may still be on its way when its timer has gone.</summary>
    private static NativeArray<byte> s_slots;
    private static ulong s_slotSize;

    private NativeArray<int> _listed = new(MaxThreads);
    private NativeArray<Watched> _watched = new(MaxThreads);
    private int _watchedCount;
    private bool _stopped;

    private struct Watched
    {
        /// <summary>0: the row is free.</summary>
        public int Thread;
        public int Timer;
        public bool IsListed;
    }

    /// <summary>Threads beyond the bound when they were counted last.</summary>
    public int Unwatched { get; private set; }

    /// <returns>Whether samples can come.</returns>
    public bool Begin()
    {
        s_slotSize = Sampler.SlotSize();
        if (s_slotSize != (ulong)(sizeof(Slot) + (Slot.RingSamples * sizeof(Sample))))
            return false;
        if (s_slots.Capacity == 0)
            s_slots = new NativeArray<byte>(MaxThreads * (int)s_slotSize);
        return s_slots.Capacity > 0 && _watched.Capacity > 0 && _listed.Capacity > 0
            && Sampler.Install(s_slots.Rows, MaxThreads, StackBottom.OfMainThread()) == 0;
    }

    /// <summary>Watches threads that are new and lets go of those that ended. The agent's thread only, as the next.</summary>
    public void Follow()
    {
        if (_stopped)
            return;
        int count = ThreadList.Read(_listed.Part(0, MaxThreads));
        Unwatched = 0;
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            int row = Find(_listed[i], next);
            if (row < 0)
                row = Watch(_listed[i]);
            if (row < 0)
            {
                Unwatched++;
                continue;
            }

            _watched[row].IsListed = true;
            next = row + 1;
        }

        for (int row = 0; row < _watchedCount; row++)
        {
            if (_watched[row].Thread != 0 && !_watched[row].IsListed)
                Unwatch(row);
            _watched[row].IsListed = false;
        }
    }

    public void Drain(CpuSamples samples)
    {
        for (int row = 0; row < _watchedCount; row++)
        {
            Slot* slot = SlotOf(row);
            var ring = (Sample*)(slot + 1);
            ulong written = Volatile.Read(ref slot->Written);
            for (ulong read = slot->Read; read < written; read++)
            {
                samples.Add(ring + (read % Slot.RingSamples));
                Volatile.Write(ref slot->Read, read + 1);
            }

            samples.Lost += Interlocked.Exchange(ref slot->Lost, 0);
        }
    }

    /// <summary>No sample begins after this.</summary>
    public void Stop()
    {
        _stopped = true;
        for (int row = 0; row < _watchedCount; row++)
        {
            if (_watched[row].Thread != 0)
                Unwatch(row);
        }
    }

    public void Free()
    {
        Stop();
        Sampler.Uninstall();
        // The pages go, the addresses stay: a handler that comes late finds a slot that is not active.
        LibC.Discard((nint)s_slots.Rows, (nuint)s_slots.Capacity);
        _listed.Free();
        _watched.Free();
    }

    // Threads are listed in the same order each time: the next one is nearly always the one behind the last.
    private int Find(int thread, int hint)
    {
        for (int i = 0; i < _watchedCount; i++)
        {
            int row = (hint + i) % _watchedCount;
            if (_watched[row].Thread == thread)
                return row;
        }

        return -1;
    }

    private int Watch(int thread)
    {
        int row = 0;
        while (row < _watchedCount && _watched[row].Thread != 0)
            row++;
        if (row == MaxThreads)
            return -1;

        Slot* slot = SlotOf(row);
        slot->Read = slot->Written;
        Volatile.Write(ref slot->Active, 1);
        int timer = Sampler.Watch(thread, slot, periodNanos);
        if (timer < 0)
        {
            Volatile.Write(ref slot->Active, 0);
            return -1;
        }

        _watched[row] = new Watched { Thread = thread, Timer = timer };
        _watchedCount = Math.Max(_watchedCount, row + 1);
        return row;
    }

    private void Unwatch(int row)
    {
        Sampler.Unwatch(_watched[row].Timer);
        Volatile.Write(ref SlotOf(row)->Active, 0);
        _watched[row].Thread = 0;
    }

    private static Slot* SlotOf(int row) => (Slot*)(s_slots.Rows + ((nint)row * (nint)s_slotSize));
}
