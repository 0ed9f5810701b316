using System.Runtime.InteropServices;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// Frames that a signal handler leaves on each stack it records. The leaf comes from the signal's context and is always right; what
/// follows it may be the handler itself.
/// </summary>
internal static class SignalFrames
{
    private const int MaxFrames = 2;
    // One sample in so many may have another second frame.
    private const int Tolerance = 32;

    /// <summary>Takes out, up to twice, a second frame that nearly all stacks share.</summary>
    public static void Strip(List<ulong[]> stacks)
    {
        for (int i = 0; i < MaxFrames; i++)
        {
            if (CommonSecond(stacks) is { } handler)
                Remove(handler, stacks);
        }
    }

    /// <summary>The stack without its second frame if that is the leaf again: unwinding and the signal's context may both supply it.</summary>
    public static ReadOnlySpan<ulong> WithoutDoubledLeaf(Span<ulong> stack)
    {
        if (stack.Length < 2 || stack[0] != unchecked(stack[1] + 1))
            return stack;

        stack[1] = stack[0];
        return stack[1..];
    }

    private static ulong? CommonSecond(List<ulong[]> stacks)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (ulong[] stack in stacks)
        {
            if (stack.Length > 1)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, stack[1], out _)++;
        }

        int enough = stacks.Count - (stacks.Count / Tolerance);
        foreach ((ulong address, int count) in counts)
        {
            if (count >= enough)
                return address;
        }

        return null;
    }

    private static void Remove(ulong handler, List<ulong[]> stacks)
    {
        for (int i = 0; i < stacks.Count; i++)
        {
            if (stacks[i].Length > 1 && stacks[i][1] == handler)
                stacks[i] = [stacks[i][0], .. stacks[i].AsSpan(2)];
        }
    }
}
