using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>
/// What a plain function makes goes back to its caller, and often from there into a container: a list, a synchronised map. Where the same
/// caller has another function put things into one, that one keeps what the first made.
/// </summary>
internal sealed class Containers
{
    private static readonly NamePrefixes Insertions = new("container/list.(*List).", "sync.(*Map).", "container/heap.Push", "container/ring.");

    private readonly Dictionary<string, List<(Frame Keeper, Frame[] Stack, double Gained)>> _byCaller = [];

    /// <param name="rows">Stacks of live heap, leaf first, with what each gained.</param>
    public Containers(IEnumerable<(Frame[] Frames, double Gained)> rows)
    {
        foreach (var (frames, gained) in rows)
        {
            var at = Array.FindIndex(frames, f => f.IsApplication);
            if (at <= 0 || gained <= 0 || at + 1 >= frames.Length || !frames[at + 1].IsApplication || !Inserts(frames[at - 1])) continue;
            if (!_byCaller.TryGetValue(frames[at + 1].Function, out var keepers)) _byCaller[frames[at + 1].Function] = keepers = [];
            keepers.Add((frames[at], frames, gained));
        }
    }

    /// <summary>Who keeps what this plain function makes; null when it may keep it itself, and when that cannot be told.</summary>
    public (Frame Frame, Frame[] Stack)? KeeperFor(Frame[] frames, Frame maker)
    {
        var at = Array.IndexOf(frames, maker);
        if (maker.LocalName.Contains('.', StringComparison.Ordinal) || at + 1 >= frames.Length || (at > 0 && Inserts(frames[at - 1]))) return null;
        if (!_byCaller.TryGetValue(frames[at + 1].Function, out var keepers)) return null;
        var heaviest = keepers.MaxBy(k => k.Gained);
        return heaviest.Keeper.NamedFunction == maker.NamedFunction ? null : (heaviest.Keeper, heaviest.Stack);
    }

    private static bool Inserts(Frame frame) => Insertions.Begin(frame.Function);
}
