using Plumb.Profiles;

namespace Plumb.Reports.Graphs;

/// <summary>
/// Work over all stacks of a profile, cut into ranges that run side by side where there is enough of it. The parts come back in the order of
/// the stacks, so that whoever puts them together gets what one pass would have given, on any number of cores.
/// </summary>
internal static class StackRanges
{
    // Starting a task costs what some thousand stack entries do; the tables of a part and putting them together cost far more.
    private const int EntriesPerRange = 2 << 20;

    // Each range has tables of its own.
    private const int MaxRanges = 8;

    /// <summary>How many ranges are worth it, at least 1.</summary>
    public static int Suitable(StackTable stacks) =>
        Math.Clamp(stacks.Entries.Length / EntriesPerRange, 1, Math.Min(MaxRanges, Environment.ProcessorCount));

    /// <param name="work">Given the first stack of a range and the one after its last.</param>
    /// <returns>One part for each range.</returns>
    public static T[] Run<T>(StackTable stacks, int ranges, Func<int, int, T> work)
    {
        if (ranges == 1)
            return [work(0, stacks.Count)];

        var parts = new Task<T>[ranges];
        for (int i = 0; i < ranges; i++)
        {
            (int start, int end) = (Start(stacks, i, ranges), Start(stacks, i + 1, ranges));
            parts[i] = Task.Run(() => work(start, end));
        }

        return Task.WhenAll(parts).GetAwaiter().GetResult();
    }

    // Ranges of as many entries, not of as many stacks: depth differs.
    private static int Start(StackTable stacks, int range, int ranges)
    {
        if (range == ranges)
            return stacks.Count;

        int entry = (int)((long)stacks.Entries.Length * range / ranges);
        int stack = stacks.Starts.BinarySearch(entry);
        return Math.Min(stack < 0 ? ~stack : stack, stacks.Count);
    }
}
