using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>
/// Where both ends of connections are in one process, as in tests and in services that call themselves, both ends pile up. Whoever dialled
/// decides when to hang up; the accepting end can only wait for it.
/// </summary>
internal sealed class TwoEndsOfConnections
{
    private readonly HashSet<string> _accepting = [];
    private readonly Dictionary<string, (Frame Own, Frame[] Stack)> _dialling = [];

    /// <param name="stacks">Every stack of the process, leaf first.</param>
    public TwoEndsOfConnections(IEnumerable<Frame[]> stacks)
    {
        foreach (var frames in stacks)
        {
            var at = Array.FindIndex(frames, f => f.IsApplication);
            if (at <= 0) continue;
            var called = frames.AsSpan(0, at);
            if (Any(called, IsAccept)) _accepting.Add(frames[at].NamedFunction);
            else if (Any(called, IsDial)) _dialling.TryAdd(frames[at].NamedFunction, (frames[at], frames));
        }
    }

    /// <summary>Whether the goroutine serves a connection that was accepted.</summary>
    public bool IsAcceptingEnd(Site goroutine) =>
        goroutine.IsGoroutine
        && (Accepts(goroutine.CreatorFrame) || Accepts(goroutine.OwnFrame) || goroutine.Root.Function == "net/http.(*conn).serve");

    /// <summary>
    /// The line that dialled, for a goroutine that waits on a connection which its creator gave it: seen dialling, or at least not accepting
    /// in a process where another function does. Null when the goroutine dialled for itself, and when nothing is known.
    /// </summary>
    public (Frame Own, IReadOnlyList<Frame> Stack)? DialledBy(Site goroutine)
    {
        if (goroutine is not { IsGoroutine: true, State: WaitState.IoWait, CreatorFrame: { } creator } || IsAcceptingEnd(goroutine)) return null;
        if (goroutine.OwnFrame is { } own && _dialling.ContainsKey(own.NamedFunction)) return null;
        if (_dialling.TryGetValue(creator.NamedFunction, out var line)) return line;
        return _accepting.Count > 0 && goroutine.OwnFrame == goroutine.Root && creator.Function != "main.main" ? (creator, goroutine.Creators) : null;
    }

    private bool Accepts(Frame? frame) => frame is not null && _accepting.Contains(frame.NamedFunction);

    private static bool IsAccept(Frame frame) =>
        frame.Owner != FrameOwner.Application && (frame.Function.EndsWith(".Accept", StringComparison.Ordinal) || frame.Function.EndsWith(".AcceptTCP", StringComparison.Ordinal) || frame.Function.EndsWith(".AcceptUnix", StringComparison.Ordinal));

    private static bool IsDial(Frame frame) =>
        frame.Function.StartsWith("net.Dial", StringComparison.Ordinal) || frame.Function.StartsWith("net.(*Dialer).", StringComparison.Ordinal) || frame.Function.StartsWith("crypto/tls.Dial", StringComparison.Ordinal);

    private static bool Any(ReadOnlySpan<Frame> frames, Func<Frame, bool> test)
    {
        foreach (var frame in frames)
        {
            if (test(frame)) return true;
        }

        return false;
    }
}
