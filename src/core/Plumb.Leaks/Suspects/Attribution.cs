using Plumb.Leaks.Knowledge;
using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects;

/// <summary>Finds the application's line behind a site: on its own stack, among its creators, or on a heap row of the same library.</summary>
internal sealed class Attribution
{
    private const int OnItsOwnStack = 10;
    private const int AmongItsCreators = 8;

    /// <summary>Whoever started a server did not open its connections: the weakest hint.</summary>
    public const int StartedTheServer = 1;

    private readonly List<CallIntoLibrary> _calls = [];

    public Attribution(StackTables tables)
    {
        foreach (var row in tables.Heap)
        {
            // A row that still holds more than at the start says more than one that only ever allocated.
            var gained = Gain(row.Bytes);
            Collect(tables.Catalog.Frames(row.Key), gained > 0 ? 1 + gained : row.AllocatedBytes / (1.0 + row.AllocatedBytes), isHeap: true);
        }

        foreach (var row in tables.Goroutines) Collect(tables.Catalog.Frames(row.Key), 0, isHeap: false);
    }

    public Anchor? Find(Site site)
    {
        if (site.OwnFrame is { } own) return site.IsGoroutine
            ? new Anchor(own, site.Frames, OnItsOwnStack, "the application frame nearest the leaf")
            : new Anchor(Keeper(site.Frames, own), site.Frames, OnItsOwnStack, "the application frame nearest the leaf that does not only construct");
        var behind = site.CreatorFrame is { } creator ? new Anchor(creator, [.. site.Creators], AmongItsCreators, "it started the goroutine")
            : site.IsGoroutine ? Behind(site) : null;
        return behind is not null && site.Root.Is("net/http", "(*conn).serve") ? behind with { Strength = StartedTheServer } : behind;
    }

    /// <summary>The application's line on whatever heap row contains a call of one of these functions, the heaviest first.</summary>
    public Anchor? Calling(Func<Frame, bool> isCall, string reason)
    {
        CallIntoLibrary? best = null;
        foreach (var call in _calls)
        {
            if (!call.IsHeap || !call.Library.Any(isCall) || call.Library.Any(IsListening)) continue;
            if (best is null || call.Weight > best.Weight) best = call;
        }

        return best is null ? null : new Anchor(best.Own, best.Stack, 2, reason);
    }

    // What newSession returns is kept by whoever called it, never by newSession itself.
    private static Frame Keeper(Frame[] frames, Frame nearest)
    {
        var at = Array.IndexOf(frames, nearest);
        while (IsConstructor(frames[at]) && at + 1 < frames.Length && frames[at + 1] is { IsApplication: true, Function: not "main.main" }) at++;
        return IsConstructor(frames[at]) ? nearest : frames[at];
    }

    private static bool IsConstructor(Frame frame)
    {
        var name = frame.NamedFunction[(frame.NamedFunction.LastIndexOf('.') + 1)..];
        return Begins(name, "new") || Begins(name, "New") || Begins(name, "make") || Begins(name, "Make");
    }

    private static bool Begins(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || char.IsAsciiLetterUpper(name[prefix.Length]));

    /// <summary>The application's line that makes such a call, when all such calls are in one function.</summary>
    public Anchor? OnlyOneCalling(Func<Frame, bool> isCall, string reason)
    {
        var calls = _calls.FindAll(c => isCall(c.Library[^1]) && !c.Library.Any(IsListening) && c.Own.Function != "main.main");
        var functions = calls.Select(c => c.Own.NamedFunction).Distinct().Take(2).Count();
        return functions == 1 && calls.MaxBy(c => c.Weight) is { } call ? new Anchor(call.Own, call.Stack, 2, reason) : null;
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

        return best is null ? null : new Anchor(best.Own, best.Stack, bestStrength, best.IsHeap
            ? "live heap of the same library was allocated from it"
            : "it was seen calling the same library");
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
