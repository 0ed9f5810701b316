using System.Runtime.InteropServices;
using Plumb.Leaks.Growth;
using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks.Recompilation;
using Plumb.Profiles;
using Plumb.Profiles.LegacyText;

namespace Plumb.Leaks.Stacks;

/// <summary>
/// Turns the profiles of a series into one table. Each profile has its own ids, so they are mapped once a location and once
/// a distinct stack, never once a sample.
/// </summary>
internal sealed class StackTablesBuilder
{
    // Labels of a .NET service: what a heap sample's objects are, and what a goroutine sample waits for. Go has neither.
    private const string TypeLabel = "type";
    private const string StateLabel = "state";

    private readonly IReadOnlyList<Snapshot> _snapshots;
    private readonly StackCatalog _catalog;
    private readonly bool[] _heapIsMissing;
    private readonly bool[] _goroutinesAreMissing;
    private readonly Dictionary<StackKey, GoroutineRow> _goroutines = [];
    private readonly Dictionary<StackKey, HeapRow> _heap = [];
    private readonly List<int> _scratch = [];

    private StackTablesBuilder(IReadOnlyList<Snapshot> snapshots, int maxStacks)
    {
        _snapshots = snapshots;
        _catalog = new StackCatalog(maxStacks);
        _heapIsMissing = [.. snapshots.Select(s => s.Heap is null)];
        _goroutinesAreMissing = [.. snapshots.Select(s => s.Goroutine is null && s.Goroutines is null)];
    }

    public static StackTables Build(IReadOnlyList<Snapshot> snapshots, int maxStacks, string? mainModule) =>
        new StackTablesBuilder(snapshots, maxStacks).Build(mainModule);

    private StackTables Build(string? mainModule)
    {
        var dumps = new DumpReader(_catalog);
        for (var i = 0; i < _snapshots.Count; i++)
        {
            var snapshot = _snapshots[i];
            if (snapshot.Heap is { } heap) AddHeap(heap, i);
            if (snapshot.Goroutine is { } goroutine) AddGoroutines(goroutine, i);
            if (snapshot.Goroutines is { } dump) AddDump(dumps, dump, i, countIt: snapshot.Goroutine is null);
            if (snapshot.GoroutineLeak is { } proven) AddProven(proven);
        }

        if (_catalog.IsDotNet()) UniteVersions(dumps, mainModule);
        dumps.Attach(RowOf);
        _catalog.Classify(mainModule);
        return new StackTables
        {
            Catalog = _catalog,
            Goroutines = [.. _goroutines.Values],
            Heap = [.. _heap.Values],
            Survival = dumps.Survival,
            HasDump = dumps.Count > 0,
            Notes = _catalog.Refused == 0 ? [] : [$"{_catalog.Refused} stacks beyond the first {_catalog.Count} were left out"],
        };
    }

    private void AddHeap(Profile heap, int snapshot)
    {
        var objects = heap.SampleTypeIndex("inuse_objects");
        var bytes = heap.SampleTypeIndex("inuse_space");
        var allocated = heap.SampleTypeIndex("alloc_space");
        var everAllocated = heap.SampleTypeIndex("alloc_objects");
        if (objects < 0 || bytes < 0) return;
        double rate = heap.Header.Period > 0 ? heap.Header.Period : HeapSampling.DefaultRate;
        var keys = KeysOfStacks(heap, goroutines: false);
        for (var i = 0; i < heap.Samples.Count; i++)
        {
            if (keys(i) is not { } key) continue;
            var values = heap.Samples.Values(i);
            ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_heap, key, out var known);
            if (!known) row = new HeapRow(key, _heapIsMissing);
            row!.Objects[snapshot] += values[objects];
            row.Bytes[snapshot] += values[bytes];
            row.RawSamples[snapshot] += HeapSampling.RawSamples(values[objects], values[bytes], rate);
            row.AllocatedSamples[snapshot] += allocated < 0 || everAllocated < 0
                ? double.NaN
                : HeapSampling.RawSamples(values[everAllocated], values[allocated], rate);
            if (snapshot != LastHeap()) continue;
            if (allocated >= 0) row.AllocatedBytes += values[allocated];
            if (everAllocated >= 0) row.AllocatedObjects += values[everAllocated];
        }
    }

    private int LastHeap()
    {
        for (var i = _snapshots.Count - 1; i >= 0; i--)
        {
            if (_snapshots[i].Heap is not null) return i;
        }

        return -1;
    }

    private void AddGoroutines(Profile profile, int snapshot)
    {
        var column = CountColumn(profile);
        if (column < 0) return;
        var keys = KeysOfStacks(profile, goroutines: true);
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            if (keys(i) is { } key) RowOf(key).Counts[snapshot] += profile.Samples.Values(i)[column];
        }
    }

    private void AddProven(Profile profile)
    {
        var column = CountColumn(profile);
        if (column < 0) return;
        foreach (var row in _goroutines.Values) row.ProvenLeaks = 0;
        var keys = KeysOfStacks(profile, goroutines: true);
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            if (keys(i) is { } key) RowOf(key).ProvenLeaks += profile.Samples.Values(i)[column];
        }
    }

    private void AddDump(DumpReader reader, GoroutineDump dump, int snapshot, bool countIt)
    {
        foreach (var (key, count) in reader.Add(dump))
        {
            if (countIt) RowOf(key).Counts[snapshot] += count;
        }
    }

    private GoroutineRow RowOf(StackKey key)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_goroutines, key, out _);
        return row ??= new GoroutineRow(key, _goroutinesAreMissing);
    }

    private static int CountColumn(Profile profile)
    {
        var named = profile.SampleTypeIndex("goroutine");
        if (named < 0) named = profile.SampleTypeIndex("goroutineleak");
        return named >= 0 ? named : profile.SampleTypes.Length == 1 ? 0 : -1;
    }

    // The key of each sample, by its number; made once a distinct stack and, where labels tell more than the stack, once a set of those.
    private Func<int, StackKey?> KeysOfStacks(Profile profile, bool goroutines)
    {
        var frames = FramesOfLocations(profile);
        if (profile.Strings.Find(goroutines ? StateLabel : TypeLabel) is { } label) return KeysOfLabelledStacks(profile, goroutines, frames, label);
        var keys = new StackKey?[profile.Stacks.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = StackNormalizer.Intern(_catalog, FramesOf(profile, frames, new Plumb.Profiles.StackId(i)), goroutines, stateWords: null);
        return i => keys[profile.Samples.Stacks[i].Index];
    }

    private Func<int, StackKey?> KeysOfLabelledStacks(Profile profile, bool goroutines, int[][] frames, StringId label)
    {
        var keys = new Dictionary<(int Stack, int Labels), StackKey?>();
        return i =>
        {
            var (stack, labels) = (profile.Samples.Stacks[i], profile.Samples.LabelSets[i]);
            ref var key = ref CollectionsMarshal.GetValueRefOrAddDefault(keys, (stack.Index, labels.Index), out var known);
            if (known) return key;
            var leafFirst = FramesOf(profile, frames, stack);
            var text = TextOf(profile, labels, label);
            return key = goroutines || text is null
                ? StackNormalizer.Intern(_catalog, leafFirst, goroutines, stateWords: text)
                : StackNormalizer.Intern(_catalog, [_catalog.TypeId(text), .. leafFirst], goroutines: false, stateWords: null);
        };
    }

    private static string? TextOf(Profile profile, LabelSetId labels, StringId key)
    {
        foreach (var label in profile.LabelSets[labels])
        {
            if (label.Key == key && !label.IsNumber) return profile.Strings[label.Text];
        }

        return null;
    }

    private ReadOnlySpan<int> FramesOf(Profile profile, int[][] frames, Plumb.Profiles.StackId stack)
    {
        _scratch.Clear();
        foreach (var location in profile.Stacks[stack]) _scratch.AddRange(frames[location.Index]);
        return CollectionsMarshal.AsSpan(_scratch);
    }

    private int[][] FramesOfLocations(Profile profile)
    {
        _catalog.Modules.Add(profile);
        var frames = new int[profile.Locations.Count][];
        for (var i = 0; i < frames.Length; i++)
        {
            var lines = profile.Locations.Lines(new LocationId(i));
            var mapping = profile.Locations.Mappings[i];
            var module = mapping.IsNone ? "" : profile.Mappings[mapping].File;
            frames[i] = new int[lines.Length];
            for (var l = 0; l < lines.Length; l++)
            {
                var function = profile.Function(lines[l].Function);
                frames[i][l] = _catalog.FrameId(function.Name, function.File, (int)Math.Clamp(lines[l].Number, 0, int.MaxValue));
                _catalog.Modules.Add(_catalog.FunctionOf(frames[i][l]), module);
            }
        }

        return frames;
    }

    private void UniteVersions(DumpReader dumps, string? mainModule)
    {
        // Not for the last time: the dumps may know creators that no stack has.
        _catalog.Classify(mainModule);
        var start = _snapshots[0].At;
        double[] seconds = [.. _snapshots.Select(s => (s.At - start).TotalSeconds)];
        Unite(_heap, StackVersions.Find(_catalog, _heap.Values.Select(r => (r.Key, r.Seen, r.RawSamples)), seconds));
        // What a chain of async calls waits for, and at which lines, is in their state and not in the code: that is compiled as often as it likes.
        var threads = StackVersions.Find(_catalog, _goroutines.Values.Where(r => _catalog.State(r.Key) == WaitState.Unknown).Select(r => (r.Key, r.Counts, r.Counts)), seconds);
        Unite(_goroutines, threads);
        dumps.Rename(threads);
    }

    private static void Unite<TRow>(Dictionary<StackKey, TRow> rows, IReadOnlyDictionary<StackKey, StackKey> places) where TRow : IStackRow<TRow>
    {
        foreach (var (version, place) in places)
        {
            if (version != place && rows.Remove(version, out var row)) rows[place].Add(row);
        }
    }
}
