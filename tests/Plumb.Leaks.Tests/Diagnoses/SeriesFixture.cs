using System.Text;
using Plumb.Leaks.Snapshots;
using Plumb.Profiles;
using Plumb.Profiles.LegacyText;

namespace Plumb.Leaks.Tests.Diagnoses;

/// <summary>Makes a series of snapshots from stacks and how many of each there are in each snapshot.</summary>
internal sealed class SeriesFixture(int count)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private readonly List<(string[] Stack, Func<int, long> Count, string? State)> _goroutines = [];
    private readonly List<(string[] Stack, Func<int, long> Count, string? State)> _proven = [];
    private readonly List<(string[] Stack, long Size, Func<int, long> Count, Func<int, long> Ever, string? Type)> _heap = [];
    private readonly Dictionary<string, Func<int, double>> _metrics = [];
    private readonly Dictionary<int, string> _dumps = [];

    /// <summary>Seconds between two snapshots.</summary>
    public double Interval { get; init; } = 5;

    /// <summary>Whether snapshot <c>i</c> has profiles.</summary>
    public Func<int, bool> HasProfiles { get; init; } = _ => true;

    /// <param name="stack">Leaf first, separated by <c> &lt; </c>; a frame may end in <c>:line</c>.</param>
    /// <param name="state">The label <c>state</c>, as a .NET service has it.</param>
    public SeriesFixture Goroutines(string stack, Func<int, long> number, string? state = null)
    {
        _goroutines.Add((stack.Split(" < "), number, state));
        return this;
    }

    /// <param name="type">Of the objects, for a heap that labels its samples with it, as one of .NET does.</param>
    /// <param name="ever">How many were allocated so far, gone or not; those that are live unless told.</param>
    public SeriesFixture Heap(string stack, long size, Func<int, long> objects, string? type = null, Func<int, long>? ever = null)
    {
        _heap.Add((stack.Split(" < "), size, objects, ever ?? objects, type));
        return this;
    }

    public SeriesFixture Metric(string name, Func<int, double> value)
    {
        _metrics[name] = value;
        return this;
    }

    public SeriesFixture Dump(int snapshot, string text)
    {
        _dumps[snapshot] = text;
        return this;
    }

    /// <summary>Goroutines that the collector proved stuck, in every snapshot.</summary>
    public SeriesFixture Proven(string stack, long number)
    {
        _proven.Add((stack.Split(" < "), _ => number, null));
        return this;
    }

    public SnapshotSeries Build() => new(Enumerable.Range(0, count).Select(Snapshot));

    private Snapshot Snapshot(int i) => new()
    {
        Seq = i,
        At = Start.AddSeconds(i * Interval),
        Goroutine = _goroutines.Count == 0 || !HasProfiles(i) ? null : GoroutineProfile(_goroutines, i),
        GoroutineLeak = _proven.Count == 0 ? null : GoroutineProfile(_proven, i),
        Heap = _heap.Count == 0 || !HasProfiles(i) ? null : HeapProfile(i),
        Goroutines = _dumps.TryGetValue(i, out var text) ? GoroutineDump.Parse(Encoding.UTF8.GetBytes(text)) : null,
        Metrics = _metrics.ToDictionary(m => m.Key, m => m.Value(i)),
    };

    private static Profile GoroutineProfile(List<(string[] Stack, Func<int, long> Count, string? State)> goroutines, int i)
    {
        var builder = new ProfileBuilder(SampleType.Goroutine);
        foreach (var (stack, number, state) in goroutines)
        {
            var labels = state is null ? default : builder.LabelSet(Label.OfText(builder.String("state"), builder.String(state)));
            if (number(i) > 0) builder.AddSample(Stack(builder, stack), [number(i)], labels);
        }

        return builder.Build();
    }

    private Profile HeapProfile(int i)
    {
        var builder = new ProfileBuilder(new ProfileHeader
        {
            SampleTypes = [new("alloc_objects", "count"), new("alloc_space", "bytes"), new("inuse_objects", "count"), new("inuse_space", "bytes")],
            PeriodType = new SampleType("space", "bytes"),
            Period = 1,
        });
        foreach (var (stack, size, objects, allocated, type) in _heap)
        {
            var (live, ever) = (objects(i), allocated(i));
            var labels = type is null ? default : builder.LabelSet(Label.OfText(builder.String("type"), builder.String(type)));
            builder.AddSample(Stack(builder, stack), [ever, ever * size, live, live * size], labels);
        }

        return builder.Build();
    }

    private static StackId Stack(ProfileBuilder builder, string[] frames)
    {
        var locations = Array.ConvertAll(frames, f =>
        {
            var colon = f.LastIndexOf(':');
            var line = colon > 0 && long.TryParse(f.AsSpan(colon + 1), out var number) ? number : 0;
            var name = line > 0 ? f[..colon] : f;
            return builder.Location(builder.Function(name, File(name)), line);
        });
        return builder.Stack(locations);
    }

    // The files that the fixtures' dumps say too: a stack is the same one in both only with the same files.
    private static string File(string function) => function switch
    {
        _ when function.StartsWith("main.", StringComparison.Ordinal) => "/src/broker.go",
        "net/http.(*conn).serve" => "/usr/lib/go-1.19/src/net/http/server.go",
        _ when function.StartsWith("example.com/", StringComparison.Ordinal) => "/src/shop.go",
        "io.(*pipe).read" or "io.(*PipeReader).Read" => "/usr/lib/go-1.19/src/io/pipe.go",
        _ => "",
    };
}
