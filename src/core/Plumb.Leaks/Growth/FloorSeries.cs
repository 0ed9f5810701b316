namespace Plumb.Leaks.Growth;

/// <summary>
/// Shortens a series to the minimum of each block of neighbouring points. What is still held at the lowest point of a block
/// was not garbage, so the teeth that garbage collection and bursts of work leave are cut off.
/// </summary>
internal static class FloorSeries
{
    /// <summary>For each block of <paramref name="size"/> points the index of its lowest; the last block takes the remainder.</summary>
    public static int[] LowestOfBlocks(ReadOnlySpan<double> values, int size)
    {
        var blocks = Math.Max(1, values.Length / size);
        var lowest = new int[values.IsEmpty ? 0 : blocks];
        for (var block = 0; block < lowest.Length; block++)
        {
            var end = block == blocks - 1 ? values.Length : (block + 1) * size;
            lowest[block] = block * size;
            for (var i = block * size; i < end; i++)
            {
                if (values[i] < values[lowest[block]]) lowest[block] = i;
            }
        }

        return lowest;
    }
}
