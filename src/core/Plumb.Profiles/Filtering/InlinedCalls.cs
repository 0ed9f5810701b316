namespace Plumb.Profiles.Filtering;

/// <summary>Takes the calls that the compiler inlined out of a profile: what they cost is their caller's.</summary>
public static class InlinedCalls
{
    /// <summary>The profile with one call at each location, the one that was not inlined.</summary>
    /// <param name="keepsColumns">Whether positions within a source line stay.</param>
    public static Profile Remove(Profile profile, bool keepsColumns)
    {
        LocationTable locations = profile.Locations;
        var lines = new List<Line>(locations.Count);
        var starts = new int[locations.Count + 1];
        for (int i = 0; i < locations.Count; i++)
        {
            ReadOnlySpan<Line> all = locations.Lines(new LocationId(i));
            if (!all.IsEmpty)
                lines.Add(keepsColumns ? all[^1] : all[^1] with { Column = 0 });

            starts[i + 1] = lines.Count;
        }

        var plain = new LocationTable(
            locations.Addresses.ToArray(), locations.Mappings.ToArray(), locations.Folded.ToArray(), [.. lines], starts);
        Mapping[] mappings = profile.Mappings.Rows.ToArray();
        for (int i = 0; i < mappings.Length; i++)
            mappings[i] = mappings[i] with { HasInlineFrames = false };

        return profile.WithSymbols(profile.Strings, profile.Functions, new MappingTable(mappings), plain);
    }
}
