using System.Reflection;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Goroutines;

/// <summary>
/// Finds the pending tasks of this process and who awaits whom, as <see cref="PendingTasks"/> does in a copy, but while everything goes on: a
/// task that moves on meanwhile may be seen halfway. Begins with the tasks that are tracked, and meets others on the way.
/// </summary>
internal sealed class LiveTasks
{
    private const int MaxTasks = 2_000_000;
    private const int MaxAwaiters = 1_000_000;
    private const int MaxHops = 8;
    private const int MaxNesting = 4;
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // Which methods these are is found in a copy of the process alone.
    private static readonly AsyncFrame s_runtimeAsync = new(null, "[runtime async methods]", "", 0);

    private readonly TaskTracking _tracking;
    private readonly FrameNamer _names;
    private readonly Dictionary<object, PendingTask> _tasks = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(Task Task, PendingTask Pending)> _unlinked = [];
    private readonly Dictionary<object, PendingTask> _iterators = new(ReferenceEqualityComparer.Instance);
    private readonly List<(object Awaited, PendingTask Pending)> _awaited = [];
    private readonly Dictionary<Type, NamedType> _types = [];
    private readonly Dictionary<Type, MachineFields> _machines = [];
    private readonly Dictionary<Type, FieldInfo[]> _fields = [];
    private int _awaiters;
    private long _lost;
    private long _continuations;

    private sealed record MachineFields(FieldInfo? State, FieldInfo[] Awaiters);

    private LiveTasks(TaskTracking tracking, FrameNamer names)
    {
        _tracking = tracking;
        _names = names;
    }

    public static TasksFound Find(TaskTracking tracking, FrameNamer names)
    {
        var found = new LiveTasks(tracking, names);
        foreach (Task task in tracking.Registry.Copy())
            _ = found.Add(task);
        while (found._unlinked.TryDequeue(out (Task Task, PendingTask Pending) next))
            found.Link(next.Pending, tracking.Registry.Continuation(next.Task), 0);
        found.LinkIterators();
        return new TasksFound(found._tasks.Values, found._lost, found._continuations, found._continuations);
    }

    /// <summary>Whether it is an async method.</summary>
    public static bool IsMethod(Task task) => MachineField(task.GetType()) is not null;

    // AsyncTaskMethodBuilder<Result>.AsyncStateMachineBox<Machine>, or what debuggers make of it, which derives from it.
    private static FieldInfo? MachineField(Type box)
    {
        for (Type? type = box; type is { IsGenericType: true }; type = type.BaseType)
        {
            if (type.Name == "AsyncStateMachineBox`1" && type.DeclaringType?.Name == "AsyncTaskMethodBuilder`1")
                return type.GetField("StateMachine", Own);
        }

        return null;
    }

    /// <returns>Null for a task that is completed, or one for which there is no room.</returns>
    private PendingTask? Add(Task task)
    {
        if (_tasks.TryGetValue(task, out PendingTask? known))
            return known;
        if (task.IsCompleted)
            return null;
        if (_tasks.Count >= MaxTasks)
        {
            _lost++;
            return null;
        }

        object? machine = MachineField(task.GetType())?.GetValue(task);
        MachineFields? fields = machine is null ? null : FieldsOf(machine.GetType());
        object? awaited = fields?.Awaiters.Select(field => FirstReference(field.GetValue(machine), 0)).FirstOrDefault(value => value is not null);
        NamedType type = TypeOf(task.GetType());
        AsyncFrame[] frames = type.Is(ContinuationChains.Holder) ? [s_runtimeAsync] : [];
        _continuations += frames.Length;
        var pending = new PendingTask
        {
            Type = type,
            Frames = frames,
            Machine = machine is null ? null : TypeOf(machine.GetType()),
            State = fields?.State?.GetValue(machine) is int state ? state : machine is null ? 0 : -1,
            Awaited = awaited is null ? null : TypeOf(awaited.GetType()),
            HasAction = _tracking.Registry.HasAction(task),
            // One without a number gets it here, and is known by it the next time.
            Age = _tracking.AgeOf(task),
        };
        _tasks[task] = pending;
        _unlinked.Enqueue((task, pending));
        if (machine is { } own && !own.GetType().IsValueType)
            _iterators[own] = pending;
        if (awaited is Task other)
            _ = Add(other);
        else if (awaited is not null)
            _awaited.Add((awaited, pending));
        return pending;
    }

    private void Link(PendingTask from, object? continuation, int hops)
    {
        if (continuation is null || hops > MaxHops || _awaiters >= MaxAwaiters)
            return;
        if (continuation is Task task)
        {
            if (Add(task) is not { } awaiter)
                return;
            from.GoOnWith(awaiter);
            _awaiters++;
            return;
        }

        foreach (object? next in Behind(continuation))
            Link(from, next, hops + 1);
    }

    /// <summary>Who goes on when an async iterator has its next element is no continuation of its task: who awaits it refers to it.</summary>
    private void LinkIterators()
    {
        foreach ((object awaited, PendingTask pending) in _awaited)
        {
            if (!pending.WaitsForTask && _iterators.TryGetValue(awaited, out PendingTask? iterator))
                iterator.GoOnWith(pending);
        }
    }

    private IEnumerable<object?> Behind(object continuation)
    {
        if (continuation is List<object?> several)
        {
            // The runtime locks it for every change.
            lock (several)
                return [.. several];
        }

        if (continuation is Delegate { Target: { } target })
            return [target];
        // Of a continuation: its task, or the method to call. Of a wrapper, such as the runtime makes while tasks are tracked: what it wraps.
        string[] fields = ["m_task", "m_action", "_continuation"];
        return fields.Select(name => ValueOf(continuation, name)).Where(next => next is not null).Take(1);
    }

    private object? ValueOf(object instance, string name)
    {
        for (Type? type = instance.GetType(); type is not null; type = type.BaseType)
        {
            if (Array.Find(AllOf(type), field => field.Name == name) is { } field)
                return field.GetValue(instance);
        }

        return null;
    }

    // Awaiters hold what they await first, or, boxed, are it.
    private object? FirstReference(object? value, int depth)
    {
        if (value is null || !value.GetType().IsValueType)
            return value;
        if (depth >= MaxNesting || value.GetType().IsPrimitive)
            return null;
        foreach (FieldInfo field in AllOf(value.GetType()))
        {
            if (FirstReference(field.GetValue(value), depth + 1) is { } found)
                return found;
        }

        return null;
    }

    private MachineFields FieldsOf(Type machine)
    {
        if (!_machines.TryGetValue(machine, out MachineFields? fields))
        {
            FieldInfo[] all = AllOf(machine);
            _machines[machine] = fields = new MachineFields(
                Array.Find(all, field => field.Name == "<>1__state"),
                Array.FindAll(all, field => field.Name.StartsWith("<>u__", StringComparison.Ordinal)));
        }

        return fields;
    }

    // Pointers cannot be read as objects are.
    private FieldInfo[] AllOf(Type type)
    {
        if (!_fields.TryGetValue(type, out FieldInfo[]? fields))
            _fields[type] = fields = [.. type.GetFields(Own).Where(field => field.FieldType is { IsPointer: false, IsFunctionPointer: false, IsByRefLike: false })];
        return fields;
    }

    private NamedType TypeOf(Type type)
    {
        if (!_types.TryGetValue(type, out NamedType? named))
        {
            string module = LiveTypes.Module(type);
            _types[type] = named = new NamedType
            {
                Names = LiveTypes.Names(type),
                Method = module.Length == 0 ? null : _names.Open(module)?.AsyncMethod(type.MetadataToken),
                Module = module,
            };
        }

        return named;
    }
}
