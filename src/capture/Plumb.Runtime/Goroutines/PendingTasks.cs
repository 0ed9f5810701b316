using System.Buffers.Binary;
using Plumb.Runtime.Frozen;

namespace Plumb.Runtime.Goroutines;

/// <summary>
/// Finds the tasks that are not completed and who awaits whom. Async methods that wait are tasks as well: a box with the state machine
/// inside (AsyncTaskMethodBuilder in dotnet/runtime). What completes a task holds no reference to it; the task refers to who
/// goes on afterwards, so that the chains run from what is awaited to who awaits.
/// </summary>
internal sealed class PendingTasks
{
    private const int MaxTasks = 4_000_000;
    private const int MaxAwaiters = 1_000_000;
    private const int MaxHops = 8;
    private const int CompletedFlags = 0x1000000 | 0x400000 | 0x200000;
    private const string TimerClass = "System.Threading.TimerQueueTimer";
    private const string Box = "System.Runtime.CompilerServices.AsyncTaskMethodBuilder.AsyncStateMachineBox";

    private readonly IFrozenHeap _heap;
    private readonly FrozenTypes _types;
    private readonly ContinuationChains _continuations;
    private readonly Dictionary<long, Found> _tasks = [];
    private int _awaiters;

    /// <param name="Continuation">Who goes on, or what leads there.</param>
    /// <param name="Awaited">The object that the state machine awaits; 0 for none.</param>
    /// <param name="Machine">The state machine where it is an object of its own: an async iterator, or unoptimized code.</param>
    private readonly record struct Found(PendingTask Task, long Continuation, long Awaited, long Machine);

    private PendingTasks(IFrozenHeap heap, FrozenTypes types)
    {
        _heap = heap;
        _types = types;
        _continuations = new ContinuationChains(heap, types);
    }

    /// <param name="taskClass">The runtime's number of the class Task.</param>
    public static TasksFound Find(IFrozenHeap heap, FrozenTypes types, long taskClass)
    {
        var found = new PendingTasks(heap, types);
        long left = 0;
        // What the walk hands over must be taken at once: the copy answers one question at a time.
        var raw = new List<(long Address, long Class, byte[] Bytes)>();
        FrozenType? task = types.Find(taskClass);
        if (task is null || !task.Offsets.TryGetValue("m_stateFlags", out int flags))
            throw new ProfileUnavailableException("the runtime's tasks are not laid out as those that are known");
        heap.Walk([taskClass], (address, type, bytes) =>
        {
            if (flags + sizeof(int) > bytes.Length || (BinaryPrimitives.ReadInt32LittleEndian(bytes[flags..]) & CompletedFlags) != 0)
                return;
            if (raw.Count < MaxTasks)
                raw.Add((address, type, bytes.ToArray()));
            else
                left++;
        });
        foreach ((long address, long type, byte[] bytes) in raw)
            found.Add(address, type, bytes);
        foreach (Found pending in found._tasks.Values)
            found.Link(pending.Task, pending.Continuation, 0);
        found.LinkIterators();
        return new TasksFound([.. found._tasks.Values.Select(pending => pending.Task)], left, found._continuations.Seen, found._continuations.NotNamed);
    }

    private void Add(long address, long type, ReadOnlySpan<byte> bytes)
    {
        if (_types.Find(type) is not { } task)
            return;
        FrozenType? machine = task.Is(Box) ? Machine(task) : null;
        int at = machine is null ? 0 : task.Offsets.GetValueOrDefault("StateMachine");
        ReadOnlySpan<byte> body = machine is null ? default : Body(machine, bytes, at);
        long awaitedAddress = 0;
        FrozenType? awaited = machine is null ? null : Awaited(machine, body, out awaitedAddress);
        var pending = new PendingTask
        {
            Type = task,
            Machine = machine,
            Frames = task.Is(ContinuationChains.Holder) ? _continuations.Follow(Pointer(bytes, task, "m_stateObject")) : [],
            State = machine is null ? 0 : Number(body, machine, "<>1__state"),
            Awaited = awaited,
            HasAction = Pointer(bytes, task, "m_action") != 0,
            Age = AgeOf(task, bytes),
        };
        long own = machine is null || machine.IsValue ? 0 : Pointer(bytes, task, "StateMachine");
        _tasks[address] = new Found(pending, Pointer(bytes, task, "m_continuationObject"), awaitedAddress, own);
    }

    /// <summary>What waits for a time has a timer, which says when it was set.</summary>
    private TimeSpan? AgeOf(FrozenType task, ReadOnlySpan<byte> bytes)
    {
        FrozenObject? timer = FrozenObject.At(_heap, _types, Pointer(bytes, task, "_timer"));
        if (timer is not { Type.Name: TimerClass } || timer.Value<long>("_startTicks") is not (> 0 and var set))
            return null;
        // Of the system's clock since it started: the same in all processes.
        long age = Environment.TickCount64 - set;
        return age >= 0 ? TimeSpan.FromMilliseconds(age) : null;
    }

    // A box is AsyncStateMachineBox<Machine> inside AsyncTaskMethodBuilder<Result>: the machine is the last argument of both.
    private FrozenType? Machine(FrozenType box)
    {
        for (FrozenType? type = box; type is not null; type = type.Class.Parent == 0 ? null : _types.Find(type.Class.Parent))
        {
            if (type.Name == Box)
                return type.Class.Arguments is [.., var machine] ? _types.Find(machine) : null;
        }

        return null;
    }

    // Optimized code has the machine in the box, unoptimized code an object of its own.
    private ReadOnlySpan<byte> Body(FrozenType machine, ReadOnlySpan<byte> box, int at)
    {
        if (at <= 0 || at + sizeof(long) > box.Length)
            return default;
        if (machine.IsValue)
            return box[at..];
        byte[] body = new byte[Plumb.Agent.Contract.FrozenRequest.MaxObjectBytes];
        return body.AsSpan(0, _heap.Read(BinaryPrimitives.ReadInt64LittleEndian(box[at..]), body));
    }

    /// <summary>The awaiter in use is the one that is not empty: the compiler clears each when it is done.</summary>
    private FrozenType? Awaited(FrozenType machine, ReadOnlySpan<byte> body, out long awaited)
    {
        foreach ((string name, int offset) in machine.Offsets)
        {
            // Awaiters hold what they await first, or, boxed, are it.
            if (name.StartsWith("<>u__", StringComparison.Ordinal) && offset >= 0 && offset + sizeof(long) <= body.Length
                && BinaryPrimitives.ReadInt64LittleEndian(body[offset..]) is not 0 and var address && _types.Of(address) is { } type)
            {
                awaited = address;
                return type;
            }
        }

        awaited = 0;
        return null;
    }

    /// <summary>Finds who goes on: the box itself, or what wraps it.</summary>
    private void Link(PendingTask from, long continuation, int hops)
    {
        if (continuation == 0 || hops > MaxHops || _awaiters >= MaxAwaiters)
            return;
        if (_tasks.TryGetValue(continuation, out Found awaiter))
        {
            from.GoOnWith(awaiter.Task);
            _awaiters++;
            return;
        }

        foreach (long next in Behind(continuation))
            Link(from, next, hops + 1);
    }

    /// <summary>Who goes on when an async iterator has its next element is no continuation of its task: who awaits it refers to it.</summary>
    private void LinkIterators()
    {
        var iterators = new Dictionary<long, PendingTask>();
        foreach (Found found in _tasks.Values)
        {
            if (found.Machine != 0)
                iterators[found.Machine] = found.Task;
        }

        foreach (Found found in _tasks.Values)
        {
            if (!found.Task.WaitsForTask && iterators.TryGetValue(found.Awaited, out PendingTask? iterator))
                iterator.GoOnWith(found.Task);
        }
    }

    private IEnumerable<long> Behind(long continuation)
    {
        FrozenType? type = _types.Of(continuation);
        if (type is null)
            return [];
        if (type.Name == "System.Collections.Generic.List")
            return Elements(Field(continuation, type, "_items"), (int)Field(continuation, type, "_size"));
        // Of a continuation: its task, or the method to call. Of a wrapper: what it wraps; the task in it may be the one that is awaited. Of a method
        // to call: whose it is.
        string[] fields = ["m_task", "m_action", "_continuation", "_target"];
        return fields.Where(type.Offsets.ContainsKey).Select(field => Field(continuation, type, field)).Where(next => next != 0).Take(1);
    }

    private long[] Elements(long array, int count)
    {
        const int First = 16;
        const int Most = 100_000;
        var elements = new List<long>();
        byte[] bytes = new byte[Plumb.Agent.Contract.FrozenRequest.MaxReadBytes];
        for (int read = 0; array != 0 && read < Math.Min(count, Most);)
        {
            int wanted = Math.Min(bytes.Length, (Math.Min(count, Most) - read) * sizeof(long));
            int length = _heap.Read(array + First + ((long)read * sizeof(long)), bytes.AsSpan(0, wanted));
            if (length < sizeof(long))
                break;
            for (int i = 0; i + sizeof(long) <= length; i += sizeof(long), read++)
                elements.Add(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i)));
        }

        return [.. elements];
    }

    private long Field(long instance, FrozenType type, string name)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        return type.Offsets.TryGetValue(name, out int offset) && _heap.Read(instance + offset, bytes) == bytes.Length ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;
    }

    private static long Pointer(ReadOnlySpan<byte> bytes, FrozenType type, string name) =>
        type.Offsets.TryGetValue(name, out int offset) && offset >= 0 && offset + sizeof(long) <= bytes.Length ? BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]) : 0;

    private static int Number(ReadOnlySpan<byte> bytes, FrozenType type, string name) =>
        type.Offsets.TryGetValue(name, out int offset) && offset >= 0 && offset + sizeof(int) <= bytes.Length ? BinaryPrimitives.ReadInt32LittleEndian(bytes[offset..]) : -1;
}
