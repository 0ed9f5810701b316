using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>
/// A plain function that waits on a channel was handed it: whoever made the channel went away, and is the one to mend. That is who wrote
/// the closure that calls it or, for a send, who started it with <c>go</c>: a sender is left over because its receiver returned early, while
/// a receiver that was started may as well have missed the close. A method may use a channel of its receiver, so it keeps the blame.
/// </summary>
internal static class ChannelMaker
{
    /// <summary>The maker's frame and the stack that it is on; null when the blocked function may know the channel by itself.</summary>
    public static (Frame Frame, IReadOnlyList<Frame> Stack)? Of(Site goroutine)
    {
        if (goroutine.State is not (WaitState.ChanSend or WaitState.ChanReceive) || goroutine.OwnFrame is not { } blocked || IsMethodOrClosure(blocked)) return null;
        var root = goroutine.Root;
        if (root == blocked)
            return goroutine is { State: WaitState.ChanSend, CreatorFrame: { } creator } && creator.NamedFunction != "main.main" ? (creator, goroutine.Creators) : null;
        return root.IsApplication && IsClosure(root) && root.NamedFunction != "main.main" ? (root, goroutine.Frames) : null;
    }

    private static bool IsClosure(Frame frame) => frame.NamedFunction != frame.Function;

    private static bool IsMethodOrClosure(Frame frame) => frame.LocalName.Contains('.', StringComparison.Ordinal);
}
