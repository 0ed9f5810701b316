using System.Globalization;
using Plumb.Agent.Contract;
using Plumb.Profiles;
using Plumb.Runtime.Agent;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Goroutines;

/// <summary>
/// What goes on in the process, as Go's goroutine profile shows it: each thread with its stack, and each chain of async methods that
/// wait, leaf first: what is waited for, the method that awaits it, the method that awaits that.
/// </summary>
internal sealed class GoroutineProfile
{
    private const int MaxDepth = 256;
    private const long MaxChains = 2_000_000;

    private readonly ProfileBuilder _profile;
    private readonly FrameNamer _names;
    private readonly StringId _state;
    private readonly Dictionary<(StackId, LabelSetId), int> _samples = [];
    private readonly List<LocationId> _stack = [];
    private readonly List<PendingTask> _path = [];
    private readonly List<string> _comments = [];
    private readonly StringId _wait;
    private readonly StringId _minutes;
    private long _chains;
    private long _threads;
    private long _lost;

    public GoroutineProfile(FrameNamer names, DateTimeOffset now)
    {
        _names = names;
        _profile = new ProfileBuilder(new ProfileHeader
        {
            SampleTypes = [SampleType.Goroutine],
            PeriodType = SampleType.Goroutine,
            Period = 1,
            TimeNanos = now.ToUnixTimeMilliseconds() * 1_000_000,
        });
        _state = _profile.String("state");
        _wait = _profile.String("wait");
        _minutes = _profile.String("minutes");
        names.AddProgram(_profile);
    }

    public void Say(FormattableString comment) => _comments.Add(comment.ToString(CultureInfo.InvariantCulture));

    public Profile Build()
    {
        string counts = string.Create(CultureInfo.InvariantCulture, $"{_threads} threads, {_chains} chains of async calls that wait");
        if (_lost > 0)
            Say($"{_lost} lost: no room");
        _profile.Header = _profile.Header with { Comments = [.. _profile.Header.Comments, counts, .. _comments] };
        return _profile.Build();
    }

    /// <summary>Every way from a task that waits for none of the others to a method that nobody awaits.</summary>
    public void AddChains(TasksFound found)
    {
        _lost += found.Lost;
        if (found.Continuations > 0)
            Say($"{found.Continuations} calls of methods that the runtime itself stops and resumes are among them{(found.NotNamed > 0 ? $"; the methods of {found.NotNamed} were not found" : "")}");
        foreach (PendingTask task in found.Tasks)
        {
            if (!task.WaitsForTask)
                AddChains(task);
        }
    }

    /// <summary>The threads that the agent saw, with their stacks.</summary>
    public void AddThreads(AgentSnapshot snapshot, ThreadStates states)
    {
        foreach (ThreadRow thread in snapshot.Threads)
        {
            if (thread.Stack < 0)
                continue;
            _stack.Clear();
            foreach (int frame in snapshot.Stack(thread.Stack))
                _stack.Add(_names.Location(_profile, snapshot, snapshot.Frames[frame]));
            AddThread(states.Find(thread.SystemId));
        }
    }

    /// <summary>The threads that the system knows, by their names.</summary>
    public void AddThreads(ThreadStates states)
    {
        foreach (ThreadState thread in states.All)
        {
            _stack.Clear();
            _stack.Add(_profile.Location(_profile.Function($"[thread {thread.Name}]")));
            AddThread(thread);
        }
    }

    private void AddThread(ThreadState? thread)
    {
        Add(thread is { IsRunning: true } ? "running" : "waiting", thread?.Waits);
        _threads++;
    }

    /// <summary>Every way from what is waited for to a method that nobody awaits.</summary>
    private void AddChains(PendingTask leaf)
    {
        if (leaf.Awaiters.Count == 0 && !leaf.IsMethod)
            return;
        _path.Clear();
        Follow(leaf);
    }

    private void Follow(PendingTask task)
    {
        // A task that awaits itself, by whatever way, ends the chain.
        if (_path.Count >= MaxDepth || _path.Contains(task))
            return;
        _path.Add(task);
        if (task.Awaiters.Count == 0)
            Close();
        foreach (PendingTask awaiter in task.Awaiters)
            Follow(awaiter);
        _path.RemoveAt(_path.Count - 1);
    }

    private void Close()
    {
        // A machine that runs is on the stack of a thread; one without any machine is nobody's waiting.
        PendingTask leaf = _path[0];
        if (leaf is { Machine: not null, State: < 0 } || _path.TrueForAll(t => !t.IsMethod))
            return;
        if (_chains >= MaxChains)
        {
            _lost++;
            return;
        }

        _stack.Clear();
        string state = AddWait(leaf);
        foreach (PendingTask task in _path)
            AddFrame(task, isLeaf: task == leaf);
        Add(state, WaitOf(_path));
        _chains++;
    }

    /// <summary>
    /// A wait is no longer than what is waited for has been there, nor than who waits for it has. Nothing is known of what is waited for that
    /// is no task.
    /// </summary>
    private static TimeSpan? WaitOf(List<PendingTask> path)
    {
        if (path[0] is not { IsMethod: false, Age: { } age })
            return null;
        return path.Count > 1 && path[1].Age is { } other && other < age ? other : age;
    }

    /// <summary>The place that says what is waited for.</summary>
    private string AddWait(PendingTask leaf)
    {
        (string call, string state) = leaf switch
        {
            { IsMethod: false } => WaitNames.Of(leaf),
            { Awaited: { } awaited } => WaitNames.OfType(awaited.Names),
            { Frames.Count: > 0 } => ("", WaitNames.Await),
            _ => ("", WaitNames.Runnable),
        };
        if (call.Length > 0)
            _stack.Add(_profile.Location(_profile.Function(call)));
        return state;
    }

    private void AddFrame(PendingTask task, bool isLeaf)
    {
        foreach (AsyncFrame frame in task.Frames)
            AddFrame(frame);
        if (task.Frames.Count > 0)
            return;
        if (task.Machine is null)
        {
            if (!isLeaf)
                _stack.Add(_profile.Location(_profile.Function(WaitNames.Of(task).Call)));
            return;
        }

        if (task.Machine.Method is not { } method)
        {
            _stack.Add(_profile.Location(_profile.Function(task.Machine.Name)));
            return;
        }

        AddFrame(new AsyncFrame(method.Name, task.Machine.Name, task.Machine.Module, method.LineAt(task.State)));
    }

    private void AddFrame(AsyncFrame frame)
    {
        if (frame.Method is not { } method)
        {
            _stack.Add(_profile.Location(_profile.Function(frame.Name)));
            return;
        }

        FunctionId function = _profile.Function(method.Name, method.File, method.FirstLine, method.MetadataName);
        _stack.Add(_profile.Location(0, _profile.Mapping(_names.Mapping(frame.Module)), [new Line(function, frame.Line)]));
    }

    private void Add(string state, TimeSpan? waits)
    {
        StackId stack = _profile.Stack([.. _stack]);
        var named = Label.OfText(_state, _profile.String(state));
        // As Go: whole minutes, and nothing below one.
        long minutes = (long)(waits?.TotalMinutes ?? 0);
        LabelSetId labels = minutes > 0 ? _profile.LabelSet(named, Label.OfNumber(_wait, minutes, _minutes)) : _profile.LabelSet(named);
        if (_samples.TryGetValue((stack, labels), out int sample))
            _profile.Values(sample)[0]++;
        else
            _samples[(stack, labels)] = _profile.AddSample(stack, [1], labels);
    }
}
