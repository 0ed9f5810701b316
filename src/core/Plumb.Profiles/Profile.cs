using System.Collections.Immutable;

namespace Plumb.Profiles;

/// <summary>
/// A profile: samples of call stacks with values, as profile.proto describes it, in columns. Immutable and safe for concurrent
/// readers. <see cref="ProfileBuilder"/> is the only writer.
/// </summary>
/// <remarks>
/// Ids are dense row numbers, so whoever computes over a profile keeps plain arrays beside it: a mask over samples, a node for each
/// location. Nothing here is copied to be filtered.
/// </remarks>
public sealed class Profile
{
    internal Profile(ProfileHeader header, ProfileTables tables)
    {
        Header = header;
        Strings = tables.Strings;
        Functions = tables.Functions;
        Mappings = tables.Mappings;
        Locations = tables.Locations;
        Stacks = tables.Stacks;
        LabelSets = tables.LabelSets;
        Samples = tables.Samples;
    }

    /// <summary>Everything that is not a table: sample types, times, period, comments.</summary>
    public ProfileHeader Header { get; }

    public ImmutableArray<SampleType> SampleTypes => Header.SampleTypes;

    public StringTable Strings { get; }

    public FunctionTable Functions { get; }

    public MappingTable Mappings { get; }

    public LocationTable Locations { get; }

    public StackTable Stacks { get; }

    public LabelSetTable LabelSets { get; }

    public SampleTable Samples { get; }

    public Sample Sample(int index) => new(this, index);

    public Function Function(FunctionId id) => new(this, id);

    /// <summary>The column of a sample type, or -1.</summary>
    public int SampleTypeIndex(string type)
    {
        for (int i = 0; i < SampleTypes.Length; i++)
        {
            if (SampleTypes[i].Type == type)
                return i;
        }

        return -1;
    }
}
