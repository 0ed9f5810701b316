using System.Reflection;

namespace Plumb.Runtime.Goroutines;

/// <summary>
/// The runtime's own list of tasks that are not completed, which it keeps for debuggers while a switch is on (<c>s_asyncDebuggingEnabled</c> and
/// <c>s_currentActiveTasks</c> of Task in dotnet/runtime). Neither has a public name. While the switch is on every task has a number from its making on.
/// </summary>
internal sealed class TaskRegistry
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly FieldInfo _switch = Field("s_asyncDebuggingEnabled");
    private readonly FieldInfo _active = Field("s_currentActiveTasks");
    private readonly FieldInfo _counter = Field("s_taskIdCounter");
    private readonly FieldInfo _continuation = Field("m_continuationObject");
    private readonly FieldInfo _action = Field("m_action");

    private TaskRegistry()
    {
    }

    /// <exception cref="ProfileUnavailableException">The runtime calls it otherwise.</exception>
    public static TaskRegistry Open()
    {
        try
        {
            var registry = new TaskRegistry();
            _ = registry.IsOn;
            _ = registry.LastNumber;
            _ = registry.Copy();
            return registry;
        }
        catch (Exception e) when (e is MissingFieldException or InvalidCastException or FieldAccessException)
        {
            throw new ProfileUnavailableException($"tasks cannot be tracked in this runtime: {e.Message}", e);
        }
    }

    public bool IsOn
    {
        get => (bool)_switch.GetValue(null)!;
        set => _switch.SetValue(null, value);
    }

    /// <summary>The highest number that a task has.</summary>
    public int LastNumber => (int)_counter.GetValue(null)!;

    public Task[] Copy()
    {
        // The runtime locks the list itself.
        if (List() is not { } active)
            return [];
        lock (active)
            return [.. active.Values];
    }

    public void Remove(IEnumerable<Task> tasks)
    {
        if (List() is not { } active)
            return;
        foreach (Task[] piece in tasks.Chunk(1024))
        {
            // Whoever begins or ends a task meanwhile waits for a short while only.
            lock (active)
            {
                foreach (Task task in piece)
                    active.Remove(task.Id);
            }
        }
    }

    public object? Continuation(Task task) => _continuation.GetValue(task);

    public bool HasAction(Task task) => _action.GetValue(task) is not null;

    // Made with the first task.
    private Dictionary<int, Task>? List() => (Dictionary<int, Task>?)_active.GetValue(null);

    private static FieldInfo Field(string name) => typeof(Task).GetField(name, All) ?? throw new MissingFieldException($"it has no Task.{name}");
}
