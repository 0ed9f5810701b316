namespace Plumb.Leaks.Stacks.Recompilation;

/// <summary>The methods of a stack, leaf first and without lines: those differ between two compilations of one method.</summary>
/// <param name="Methods">Numbers of the methods' names; a heap stack begins with what was allocated.</param>
/// <param name="HasType">Whether the first is a type.</param>
/// <param name="Own">The methods of the application among them.</param>
internal sealed record CallChain(int[] Methods, bool HasType, HashSet<int> Own)
{
    private const double LeastShared = 0.7;

    /// <summary>Whether the one can be the other compiled anew, and how plain that is.</summary>
    public ChainKinship KinshipWith(CallChain other)
    {
        if ((HasType || other.HasType) && Methods[0] != other.Methods[0]) return ChainKinship.None;
        var shared = LongestShared(Methods, other.Methods);
        var shorter = Math.Min(Methods.Length, other.Methods.Length);
        if (shared == shorter) return ChainKinship.FramesLost;
        // Each has methods that the other lacks: two places, if both are the application's.
        var isTwoPlaces = HasOwnBeside(other) && other.HasOwnBeside(this);
        return !isTwoPlaces && shared >= LeastShared * shorter ? ChainKinship.FramesExchanged : ChainKinship.None;
    }

    private bool HasOwnBeside(CallChain other) => Own.Any(m => !other.Own.Contains(m));

    // Longest common subsequence.
    private static int LongestShared(int[] a, int[] b)
    {
        var row = new int[b.Length + 1];
        foreach (var method in a)
        {
            var diagonal = 0;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = method == b[j - 1] ? diagonal + 1 : Math.Max(above, row[j - 1]);
                diagonal = above;
            }
        }

        return row[^1];
    }
}
