namespace Plumb.Runtime.Events;

/// <summary>Where the code of a method lies, and what it is.</summary>
/// <param name="Module">The runtime's number of the module.</param>
/// <param name="Name">Only for code that has no metadata; else empty.</param>
/// <param name="IlMap">Pairs of IL offset and native offset; null when not needed or not known.</param>
internal readonly record struct MethodRange(ulong Start, uint Size, ulong Module, int Token, string Name, int[]? IlMap)
{
    /// <summary>The IL offset of the statement at a native offset, −1 when unknown.</summary>
    public int IlOffset(uint native)
    {
        int best = -1;
        int bestStart = -1;
        for (int i = 0; IlMap is { } map && i + 1 < map.Length; i += 2)
        {
            // Negative: prologue, epilogue, nothing.
            if (map[i] >= 0 && map[i + 1] >= bestStart && (uint)map[i + 1] <= native)
                (best, bestStart) = (map[i], map[i + 1]);
        }

        return best;
    }
}
