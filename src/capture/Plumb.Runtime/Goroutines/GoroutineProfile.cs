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
    private long _chains;
    private long _threads;
    private long _lost;

    private GoroutineProfile(FrameNamer names, DateTimeOffset now)
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
        names.AddProgram(_profile);
    }

    public static Profile Build(AgentSnapshot threads, IReadOnlyCollection<PendingTask> tasks, long lostTasks, FrameNamer names, Func<int, bool> isRunning, DateTimeOffset now)
    {
        var building = new GoroutineProfile(names, now) { _lost = lostTasks };
        building.AddThreads(threads, isRunning);
        foreach (PendingTask task in tasks)
        {
            if (!task.WaitsForTask)
                building.AddChains(task);
        }

        building._profile.Header = building._profile.Header with { Comments = [.. building._profile.Header.Comments, .. building.Comments(threads.Header.FreezeNanos)] };
        return building._profile.Build();
    }

    private IEnumerable<string> Comments(long freezeNanos)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{_threads} threads, {_chains} chains of async calls that wait; those that are garbage but not collected are among them (gc=1 collects first)");
        yield return string.Create(CultureInfo.InvariantCulture, $"the process stood still for {freezeNanos / 1e6:0.0} ms");
        if (_lost > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{_lost} lost: no room");
    }

    private void AddThreads(AgentSnapshot snapshot, Func<int, bool> isRunning)
    {
        foreach (ThreadRow thread in snapshot.Threads)
        {
            if (thread.Stack < 0)
                continue;
            _stack.Clear();
            foreach (int frame in snapshot.Stack(thread.Stack))
                _stack.Add(_names.Location(_profile, snapshot, snapshot.Frames[frame]));
            Add(isRunning(thread.SystemId) ? "running" : "waiting");
            _threads++;
        }
    }

    /// <summary>Every way from what is waited for to a method that nobody awaits.</summary>
    private void AddChains(PendingTask leaf)
    {
        if (leaf.Awaiters.Count == 0 && leaf.Machine is null)
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
        if (leaf is { Machine: not null, State: < 0 } || _path.TrueForAll(t => t.Machine is null))
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
        Add(state);
        _chains++;
    }

    /// <summary>The place that says what is waited for.</summary>
    private string AddWait(PendingTask leaf)
    {
        (string call, string state) = leaf switch
        {
            { Machine: null } => WaitNames.Of(leaf),
            { Awaited: { } awaited } => WaitNames.OfType(awaited.Names),
            _ => ("", WaitNames.Runnable),
        };
        if (call.Length > 0)
            _stack.Add(_profile.Location(_profile.Function(call)));
        return state;
    }

    private void AddFrame(PendingTask task, bool isLeaf)
    {
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

        int line = task.State >= 0 && task.State < method.AwaitLines.Length ? method.AwaitLines[task.State] : method.Name.FirstLine;
        FunctionId function = _profile.Function(method.Name.Name, method.Name.File, method.Name.FirstLine, method.Name.MetadataName);
        _stack.Add(_profile.Location(0, _profile.Mapping(_names.Mapping(task.Machine.Module)), [new Line(function, line)]));
    }

    private void Add(string state)
    {
        StackId stack = _profile.Stack([.. _stack]);
        LabelSetId labels = _profile.LabelSet(Label.OfText(_state, _profile.String(state)));
        if (_samples.TryGetValue((stack, labels), out int sample))
            _profile.Values(sample)[0]++;
        else
            _samples[(stack, labels)] = _profile.AddSample(stack, [1], labels);
    }
}
