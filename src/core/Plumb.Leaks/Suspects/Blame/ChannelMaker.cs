using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Suspects.Blame;

/// <summary>
/// A function that waits on a channel which it was handed: whoever made the channel went away, and is the one to mend. A method may use a
/// channel of what its receiver points to, so it keeps the blame; a plain function, or a method of a value, was handed it. By whom is known
/// where it is called from a closure: the closure's holder. Where it was started itself, a sender is left over because its receiver
/// returned early; generic code knows nothing of its caller; and the loop of an object that a constructor started is right to wait until the
/// object is closed. Any other receiver may as well have missed the close itself.
/// </summary>
internal static class ChannelMaker
{
    private static readonly string[] Constructing = ["new", "open", "start", "begin"];

    /// <summary>The maker's frame and the stack that it is on; null when the blocked function may know the channel by itself.</summary>
    public static (Frame Frame, IReadOnlyList<Frame> Stack)? Of(Site goroutine)
    {
        if (goroutine.State is not (WaitState.ChanSend or WaitState.ChanReceive or WaitState.Select) || goroutine.OwnFrame is not { } blocked || IsClosure(blocked)) return null;
        var root = goroutine.Root;
        if (root == blocked)
        {
            var isLeftOver = blocked.IsGeneric || Constructs(goroutine.CreatorFrame) || (goroutine.State == WaitState.ChanSend && !IsMethod(blocked));
            return isLeftOver && goroutine.CreatorFrame is { } creator && creator.NamedFunction != "main.main" ? (creator, goroutine.Creators) : null;
        }

        return goroutine.State != WaitState.Select && !HasPointer(blocked) && root.IsApplication && IsClosure(root) && root.NamedFunction != "main.main" ? (root, goroutine.Frames) : null;
    }

    /// <summary>Whether the function is one that makes and returns something, as far as its name tells.</summary>
    public static bool Constructs(Frame? creator) => creator?.LocalName is { } name && Array.Exists(Constructing, verb => name.StartsWith(verb, StringComparison.OrdinalIgnoreCase));

    private static bool IsClosure(Frame frame) => frame.NamedFunction != frame.Function;

    private static bool IsMethod(Frame frame) => frame.LocalName.Contains('.', StringComparison.Ordinal);

    private static bool HasPointer(Frame frame) => frame.LocalName.StartsWith("(*", StringComparison.Ordinal);
}
