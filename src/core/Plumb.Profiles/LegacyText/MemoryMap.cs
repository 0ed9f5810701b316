namespace Plumb.Profiles.LegacyText;

/// <summary>
/// The executable mappings of a process, in the order in which they were listed, but for the main binary, which comes first. What is
/// listed is not always true; the repairs here are those of the reference (profile.go massageMappings, legacy_profile.go
/// remapMappingIDs), so that the same address gets the same mapping.
/// </summary>
internal sealed class MemoryMap
{
    // Where a linker puts a program that cannot be moved. Listings with a moved start and an offset mean this one.
    private const ulong FixedStart = 0x400000;

    private readonly List<Mapping> _mappings;

    private MemoryMap(List<Mapping> mappings) => _mappings = mappings;

    public static MemoryMap Empty { get; } = new([]);

    public static MemoryMap From(List<Mapping> listed)
    {
        List<Mapping> mappings = JoinSplit(listed);
        PutMainFirst(mappings);
        RepairMain(mappings);
        return new MemoryMap(mappings);
    }

    /// <summary>Adds the mappings to a profile and says which one each address is in.</summary>
    /// <param name="builder">Receives the mappings, and one over all addresses if any lies outside.</param>
    /// <param name="addresses">Where 0 means none.</param>
    /// <param name="hasSymbols">The profile names its functions, files and lines itself.</param>
    public MappingId[] AddTo(ProfileBuilder builder, ReadOnlySpan<ulong> addresses, bool hasSymbols)
    {
        var mappings = new List<Mapping>(_mappings);
        int[] rows = Find(addresses, [.. mappings.Select(m => (m.Start, m.Limit))]);
        ExtendDown(mappings, addresses, rows);
        if (AddCatchAll(addresses, rows, mappings.Count))
            mappings.Add(new Mapping(0, ulong.MaxValue, 0, "", ""));

        return Add(builder, mappings, rows, hasSymbols);
    }

    private static MappingId[] Add(ProfileBuilder builder, List<Mapping> mappings, int[] rows, bool hasSymbols)
    {
        var ids = new MappingId[mappings.Count];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = builder.Mapping(hasSymbols ? Symbolized(mappings[i]) : mappings[i]);

        var found = new MappingId[rows.Length];
        for (int i = 0; i < found.Length; i++)
            found[i] = rows[i] < 0 ? MappingId.None : ids[rows[i]];

        return found;
    }

    private static Mapping Symbolized(Mapping mapping) =>
        mapping with { HasFunctions = true, HasFilenames = true, HasLineNumbers = true, HasInlineFrames = true };

    /// <summary>A binary that was listed in several pieces side by side is one mapping.</summary>
    private static List<Mapping> JoinSplit(List<Mapping> listed)
    {
        var joined = new List<Mapping>(listed.Count);
        foreach (Mapping next in listed)
        {
            if (joined.Count > 0 && Continues(joined[^1], next))
                joined[^1] = Join(joined[^1], next);
            else
                joined.Add(next);
        }

        return joined;
    }

    private static Mapping Join(Mapping first, Mapping next) => first with
    {
        Limit = next.Limit,
        File = next.File.Length > 0 ? next.File : first.File,
        BuildId = next.BuildId.Length > 0 ? next.BuildId : first.BuildId,
    };

    private static bool Continues(Mapping first, Mapping next) =>
        first.Limit == next.Start
        && EqualOrUnknown(first.File, next.File)
        && EqualOrUnknown(first.BuildId, next.BuildId)
        && (first.Offset == 0 || next.Offset == 0 || unchecked(first.Offset + (first.Limit - first.Start)) == next.Offset);

    private static bool EqualOrUnknown(string left, string right) => left.Length == 0 || right.Length == 0 || left == right;

    private static void PutMainFirst(List<Mapping> mappings)
    {
        int main = mappings.FindIndex(m => IsMain(m.File));
        if (main > 0)
            (mappings[0], mappings[main]) = (mappings[main], mappings[0]);
    }

    private static bool IsMain(string file)
    {
        string name = file.Replace("(deleted)", "", StringComparison.Ordinal).Trim();
        return name.Length > 0 && name[0] != '[' && !IsLibrary(name);
    }

    /// <summary><c>libc.so</c>, <c>libc.so.6</c>, <c>libfoo.so_1</c>.</summary>
    private static bool IsLibrary(string name)
    {
        for (int at = name.IndexOf(".so", StringComparison.Ordinal); at >= 0; at = name.IndexOf(".so", at + 1, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> rest = name.AsSpan(at + ".so".Length);
            if (rest.IsEmpty || (rest.Length > 1 && rest[0] is '.' or '_' && char.IsAsciiDigit(rest[1])))
                return true;
        }

        return false;
    }

    private static void RepairMain(List<Mapping> mappings)
    {
        // The kernel shows text that was moved to huge pages as a mapping of its own in front of the binary.
        if (mappings.Count > 1 && mappings[0].File.StartsWith("/anon_hugepage", StringComparison.Ordinal) && mappings[0].Limit == mappings[1].Start)
            mappings.RemoveAt(0);

        if (mappings.Count > 0 && unchecked(mappings[0].Start - mappings[0].Offset) == FixedStart)
            mappings[0] = mappings[0] with { Start = FixedStart, Offset = 0 };
    }

    /// <summary>Some writers leave out the first part of a binary that is mapped in several; its offset says how much is missing.</summary>
    private static void ExtendDown(List<Mapping> mappings, ReadOnlySpan<ulong> addresses, int[] rows)
    {
        var missing = new (ulong, ulong)[mappings.Count];
        for (int i = 0; i < missing.Length; i++)
        {
            Mapping mapping = mappings[i];
            missing[i] = mapping.Offset != 0 && mapping.Offset <= mapping.Start ? (mapping.Start - mapping.Offset, mapping.Start) : default;
        }

        int[] found = Find(addresses, missing);
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= 0 || found[i] < 0)
                continue;

            rows[i] = found[i];
            Mapping mapping = mappings[found[i]];
            mappings[found[i]] = mapping with { Start = mapping.Start - mapping.Offset, Offset = 0 };
        }
    }

    private static bool AddCatchAll(ReadOnlySpan<ulong> addresses, int[] rows, int row)
    {
        bool isUsed = false;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= 0 || addresses[i] == 0)
                continue;

            rows[i] = row;
            isUsed = true;
        }

        return isUsed;
    }

    /// <summary>For each address the first range that holds it, or -1. One sweep over both in the order of addresses, as either may be long.</summary>
    private static int[] Find(ReadOnlySpan<ulong> addresses, (ulong Start, ulong Limit)[] ranges)
    {
        var found = new int[addresses.Length];
        int[] byStart = [.. Enumerable.Range(0, ranges.Length).OrderBy(i => ranges[i].Start)];
        var open = new PriorityQueue<int, int>();
        int next = 0;
        foreach (int i in InOrder(addresses))
        {
            ulong address = addresses[i];
            for (; next < byStart.Length && ranges[byStart[next]].Start <= address; next++)
                open.Enqueue(byStart[next], byStart[next]);

            while (open.TryPeek(out int range, out _) && ranges[range].Limit <= address)
                open.Dequeue();

            found[i] = address != 0 && open.TryPeek(out int first, out _) ? first : -1;
        }

        return found;
    }

    private static int[] InOrder(ReadOnlySpan<ulong> addresses)
    {
        ulong[] keys = addresses.ToArray();
        var order = new int[keys.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;

        Array.Sort(keys, order);
        return order;
    }
}
