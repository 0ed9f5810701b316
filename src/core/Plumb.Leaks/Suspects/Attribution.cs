using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects.Blame;

namespace Plumb.Leaks.Suspects;

/// <summary>Finds the application's line behind a site: on its own stack, among its creators, or on a heap row of the same library.</summary>
internal sealed class Attribution
{
    private const int OnItsOwnStack = 10;
    private const int AmongItsCreators = 8;
    private const double ByFar = 3;

    /// <summary>Whoever started a server did not open its connections: the weakest hint.</summary>
    public const int StartedTheServer = 1;

    private readonly List<CallIntoLibrary> _calls = [];
    private readonly SharedHelper _helpers;
    private readonly ThinWrapper _wrappers;
    private readonly OnlyUser _users;
    private readonly Containers _containers;

    public Attribution(StackTables tables)
    {
        _helpers = new SharedHelper(tables.Heap.Select(r => (tables.Catalog.Frames(r.Key), r.Gained, r.AllocatedBytes)));
        _containers = new Containers(tables.Heap.Select(r => (tables.Catalog.Frames(r.Key), r.Gained)));
        _wrappers = new ThinWrapper(tables.Goroutines.Select(r => tables.Catalog.Frames(r.Key)));
        _users = new OnlyUser(tables.Heap.Select(r => r.Key).Concat(tables.Goroutines.Select(r => r.Key)).Select(tables.Catalog.Frames));
        Connections = new TwoEndsOfConnections(tables.Heap.Select(r => r.Key).Concat(tables.Goroutines.Select(r => r.Key)).Select(tables.Catalog.Frames));
        foreach (var row in tables.Heap)
        {
            // A row that still holds more than at the start says more than one that only ever allocated.
            var gained = Gain(row.Bytes);
            Collect(tables.Catalog.Frames(row.Key), gained > 0 ? 1 + gained : row.AllocatedBytes / (1.0 + row.AllocatedBytes), isHeap: true);
        }

        foreach (var row in tables.Goroutines) Collect(tables.Catalog.Frames(row.Key), 0, isHeap: false);
    }

    /// <summary>Who dials and who accepts in this process.</summary>
    public TwoEndsOfConnections Connections { get; }

    public Anchor? Find(Site site)
    {
        if (DotNetEdges.IsServerEnd(site)) return null;
        if (site.OwnFrame is { } own) return site.IsGoroutine ? OfGoroutine(site, own) : OfHeap(site.Frames, own);
        var behind = Connections.DialledBy(site) is { } line ? new Anchor(line.Own, line.Stack, AmongItsCreators, Basis.Dialler)
            : site.CreatorFrame is { } creator ? new Anchor(creator, [.. site.Creators], AmongItsCreators, Basis.Creator)
            : site.IsGoroutine || site.Frames[0].IsDotNet ? Behind(site) : null;
        return behind is not null && site.Root.Is("net/http", "(*conn).serve") ? behind with { Strength = StartedTheServer, Basis = Basis.ServerStarter } : behind;
    }

    private Anchor OfGoroutine(Site site, Frame own)
    {
        if (Connections.DialledBy(site) is { } line) return new Anchor(line.Own, line.Stack, OnItsOwnStack, Basis.Dialler);
        if (_wrappers.OnlyCaller(site) is { } caller) return new Anchor(caller, site.Frames, OnItsOwnStack, Basis.CallerOfWrapper);
        if (PipeEnds.Starter(site) is { } starter) return MadeBy(starter, site.Creators);
        return ChannelMaker.Of(site) is { } maker ? MadeBy(maker.Frame, maker.Stack) : new Anchor(own, site.Frames, OnItsOwnStack, Basis.OwnStack);
    }

    // A constructor only starts what its caller is to end, where that can be told.
    private Anchor MadeBy(Frame maker, IReadOnlyList<Frame> stack) =>
        ChannelMaker.Constructs(maker) && _users.Of(maker) is { } user
            ? new Anchor(user.Frame, user.Stack, OnItsOwnStack, Basis.OnlyUser)
            : new Anchor(maker, stack, OnItsOwnStack, Basis.ChannelMaker);

    private Anchor OfHeap(Frame[] frames, Frame own)
    {
        if (CalledBack.AskedBy(frames, own) is { } asker) return new Anchor(asker, frames, OnItsOwnStack, Basis.CallerOfProducer);
        if (_containers.KeeperFor(frames, own) is { } container) return new Anchor(container.Frame, container.Stack, OnItsOwnStack, Basis.CallerOfProducer);
        var keeper = Producers.Keeper(frames, own);
        if (keeper != own) return new Anchor(keeper, frames, OnItsOwnStack, Basis.CallerOfProducer);
        return _helpers.Blame(frames, own) is { } caller
            ? new Anchor(caller, frames, OnItsOwnStack, Basis.CallerOfHelper)
            : new Anchor(own, frames, OnItsOwnStack, Basis.OwnHeap);
    }

    /// <summary>The application's line on whatever heap row contains a call of one of these functions, the heaviest first.</summary>
    public Anchor? Calling(Func<Frame, bool> isCall)
    {
        CallIntoLibrary? best = null;
        foreach (var call in _calls)
        {
            if (!call.IsHeap || !call.Library.Any(isCall) || call.Library.Any(IsListening)) continue;
            if (best is null || call.Weight > best.Weight) best = call;
        }

        return best is null ? null : new Anchor(best.Own, best.Stack, 2, Basis.OpensDescriptors);
    }

    /// <summary>The application's line that makes such a call, when one function alone does, or keeps by far the most of what such calls left.</summary>
    public Anchor? OnlyOneCalling(Func<Frame, bool> isCall)
    {
        var functions = _calls
            .Where(c => isCall(c.Library[^1]) && !c.Library.Any(IsListening) && !c.Own.IsEntryPoint)
            .GroupBy(c => c.Own.NamedFunction)
            .Select(g => (Heaviest: g.MaxBy(c => c.Weight)!, Weight: g.Sum(c => c.Weight)))
            .OrderByDescending(f => f.Weight)
            .Take(2)
            .ToList();
        if (functions.Count == 0 || (functions.Count == 2 && !(functions[0].Weight > ByFar * Math.Max(1, functions[1].Weight)))) return null;
        return new Anchor(functions[0].Heaviest.Own, functions[0].Heaviest.Stack, 2, Basis.ReadsDescriptors);
    }

    // A server waits in Accept all its life: that opens every connection and leaks none.
    private static bool IsListening(Frame frame) =>
        frame.Function.Contains("Listen", StringComparison.Ordinal) || frame.Function.EndsWith(".Accept", StringComparison.Ordinal);

    private Anchor? Behind(Site goroutine)
    {
        CallIntoLibrary? best = null;
        var bestStrength = 0;
        foreach (var call in _calls)
        {
            var strength = 0;
            for (var i = 0; i < call.Library.Length; i++)
                strength = Math.Max(strength, LibraryEdges.Strength(goroutine, call.Library[i], isDirect: i == call.Library.Length - 1));
            if (strength == 0) continue;
            if (strength < bestStrength || (strength == bestStrength && call.Weight <= best!.Weight)) continue;
            best = call;
            bestStrength = strength;
        }

        return best is null ? null : new Anchor(best.Own, best.Stack, bestStrength, bestStrength >= 3 ? Basis.KnownCall : Basis.SameLibrary);
    }

    // The frames between the leaf and the nearest application frame are what the application called.
    private void Collect(Frame[] frames, double weight, bool isHeap)
    {
        var own = Array.FindIndex(frames, f => f.IsApplication);
        if (own > 0) _calls.Add(new CallIntoLibrary(frames[own], frames[..own], frames, weight, isHeap));
    }

    private static double Gain(double[] values)
    {
        var known = Array.FindAll(values, double.IsFinite);
        return known.Length == 0 ? 0 : known[^1] - known[0];
    }

    private sealed record CallIntoLibrary(Frame Own, Frame[] Library, Frame[] Stack, double Weight, bool IsHeap);
}
