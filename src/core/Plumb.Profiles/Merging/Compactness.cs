namespace Plumb.Profiles.Merging;

/// <summary>Tells whether merging a profile with nothing else would change it. A pass over ids is far cheaper than the merge.</summary>
internal static class Compactness
{
    public static bool Holds(Profile profile) =>
        !HasEmptySamples(profile) && SamplesAreDistinctAndUseAllStacks(profile) && RowsAreInOrderOfFirstUse(profile);

    public static bool HasEmptySamples(Profile profile)
    {
        ReadOnlySpan<long> values = profile.Samples.AllValues;
        int width = profile.Samples.ValuesPerSample;
        for (int i = 0; i + width <= values.Length && width > 0; i += width)
        {
            if (!values.Slice(i, width).ContainsAnyExcept(0))
                return true;
        }

        return false;
    }

    private static bool SamplesAreDistinctAndUseAllStacks(Profile profile)
    {
        ReadOnlySpan<StackId> stacks = profile.Samples.Stacks;
        ReadOnlySpan<LabelSetId> labelSets = profile.Samples.LabelSets;
        var seen = new PairTable();
        seen.Reserve(stacks.Length);
        int usedStacks = 0;
        for (int i = 0; i < stacks.Length; i++)
        {
            seen.Intern(stacks[i].Index, labelSets[i].Index, out bool known);
            if (known)
                return false;

            usedStacks = Math.Max(usedStacks, stacks[i].Index + 1);
        }

        return usedStacks == profile.Stacks.Count;
    }

    private static bool RowsAreInOrderOfFirstUse(Profile profile)
    {
        var locations = new FirstUses(profile.Locations.Count);
        var functions = new FirstUses(profile.Functions.Count);
        // Row 0 is the main binary, used or not.
        var mappings = new FirstUses(profile.Mappings.Count, Math.Min(1, profile.Mappings.Count));

        // Stacks are interned in the order of the samples, so their entries are in the order in which a merge would meet them.
        foreach (LocationId id in profile.Stacks.Entries)
        {
            if (!locations.Use(id.Index, out bool isFirst))
                return false;

            if (isFirst && !UseParts(profile, id, ref functions, ref mappings))
                return false;
        }

        return locations.All && functions.All && mappings.All;
    }

    private static bool UseParts(Profile profile, LocationId id, ref FirstUses functions, ref FirstUses mappings)
    {
        MappingId mapping = profile.Locations.Mappings[id.Index];
        if (!mapping.IsNone && !mappings.Use(mapping.Index, out _))
            return false;

        foreach (Line line in profile.Locations.Lines(id))
        {
            if (!functions.Use(line.Function.Index, out _))
                return false;
        }

        return true;
    }

    private struct FirstUses(int count, int used = 0)
    {
        public readonly bool All => used == count;

        public bool Use(int row, out bool isFirst)
        {
            isFirst = row == used;
            if (isFirst)
                used++;

            return row < used;
        }
    }
}
