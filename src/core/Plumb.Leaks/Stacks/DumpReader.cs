using System.Runtime.InteropServices;
using Plumb.Profiles.LegacyText;

namespace Plumb.Leaks.Stacks;

/// <summary>Collects what the goroutine dumps of a series say: which ids stand at which stack, who made them, how long they wait.</summary>
internal sealed class DumpReader(StackCatalog catalog)
{
    private const int MaxCreatorFrames = 64;
    private const int MaxParents = 8;
    private const int FewestInOrder = 6;
    private const int FewestWaits = 3;
    private const double MostInOrder = 0.95;

    private readonly List<ReadDump> _dumps = [];
    private readonly List<int> _scratch = [];

    public int Count => _dumps.Count;

    /// <summary>Adds a dump; gives back how many goroutines stand at each stack.</summary>
    public IEnumerable<(StackKey Key, int Count)> Add(GoroutineDump dump)
    {
        var read = new ReadDump(dump);
        var frames = new Dictionary<GoroutineTrace, int[]>(ReferenceEqualityComparer.Instance);
        foreach (var goroutine in dump.Goroutines)
        {
            read.HighestId = Math.Max(read.HighestId, goroutine.Id);
            if (goroutine.Stack.IsUnavailable) continue;
            ref var ids = ref CollectionsMarshal.GetValueRefOrAddDefault(frames, goroutine.Stack, out _);
            ids ??= FramesOf(goroutine.Stack);
            if (StackNormalizer.Intern(catalog, ids, goroutines: true, goroutine.State) is { } key) read.Put(key, goroutine);
        }

        _dumps.Add(read);
        return read.Members.Select(m => (m.Key, m.Value.Count));
    }

    /// <summary>Counts goroutines of one stack among those of another.</summary>
    public void Rename(IReadOnlyDictionary<StackKey, StackKey> stacks)
    {
        foreach (var dump in _dumps) dump.Rename(stacks);
    }

    /// <summary>Gives every row what the dumps know of it.</summary>
    public void Attach(Func<StackKey, GoroutineRow> rowOf)
    {
        foreach (var key in _dumps.SelectMany(d => d.Members.Keys).ToHashSet())
        {
            var last = _dumps.FindLast(d => d.Members.ContainsKey(key))!;
            var facts = Describe(last, last.Members[key]);
            if (_dumps.Count > 1)
            {
                var estimate = new SurvivalEstimate(_dumps, key);
                (facts.Survival, facts.SurvivalWasSeen) = estimate.Share();
                (facts.SeenBefore, facts.LeftSince) = estimate.SeenBefore();
            }

            rowOf(key).Dump = facts;
        }
    }

    /// <summary>How much of what several stacks gained together stayed, at whichever of them; null when the dumps cannot tell.</summary>
    public (double? Share, bool WasSeen) Survival(IReadOnlyList<StackKey> keys) =>
        _dumps.Count > 1 ? new SurvivalEstimate(_dumps, keys).Share() : (null, false);

    private int[] FramesOf(GoroutineTrace trace)
    {
        _scratch.Clear();
        foreach (var frame in trace.Frames) _scratch.Add(catalog.FrameId(frame.Function, frame.File, frame.Line));
        return [.. _scratch];
    }

    private DumpFacts Describe(ReadDump dump, List<Goroutine> members)
    {
        var waits = members.Where(g => g.WaitMinutes > 0).Select(g => (double)g.WaitMinutes).Order().ToArray();
        return new DumpFacts
        {
            State = Commonest(members, g => g.State) ?? "",
            IsLockedToThread = members.Exists(g => g.IsLockedToThread),
            Count = members.Count,
            Waiting = waits.Length,
            LongestWaitMinutes = waits.Length == 0 ? 0 : (long)waits[^1],
            WaitSpread = waits.Length < 3 ? 0 : (waits[^1] - waits[0]) / waits[^1],
            WaitSinceTheyStarted = WaitSinceTheyStarted(members),
            Creators = Creators(dump, members),
        };
    }

    private static bool WaitSinceTheyStarted(List<Goroutine> members)
    {
        if (members.Count < FewestInOrder || members.Select(g => g.WaitMinutes).Distinct().Count() < FewestWaits) return false;
        var byAge = members.OrderBy(g => g.Id).ToArray();
        return InOrder(byAge, 1) && InOrder(byAge, byAge.Length / 3);
    }

    private static bool InOrder(Goroutine[] byAge, int distance)
    {
        var kept = 0;
        for (var i = distance; i < byAge.Length; i++)
        {
            if (byAge[i - distance].WaitMinutes >= byAge[i].WaitMinutes) kept++;
        }

        return kept >= MostInOrder * (byAge.Length - distance);
    }

    private int[] Creators(ReadDump dump, List<Goroutine> members)
    {
        var commonest = Commonest(members.Where(g => g.CreatedBy is not null), g => g.CreatedBy!);
        if (commonest is null) return [];
        var chain = new List<int> { catalog.FrameId(commonest.Function, commonest.File, commonest.Line) };
        var child = members.Find(g => g.CreatedBy == commonest && g.CreatorId is { } id && dump.ById.ContainsKey(id));
        for (var depth = 0; depth < MaxParents && child?.CreatorId is { } parentId && dump.ById.TryGetValue(parentId, out var parent); depth++)
        {
            chain.AddRange(FramesOf(parent.Stack));
            if (parent.CreatedBy is { } by) chain.Add(catalog.FrameId(by.Function, by.File, by.Line));
            child = parent;
        }

        return [.. chain.Take(MaxCreatorFrames)];
    }

    private static T? Commonest<T>(IEnumerable<Goroutine> members, Func<Goroutine, T> of) where T : class =>
        members.GroupBy(of).MaxBy(g => g.Count())?.Key;
}
