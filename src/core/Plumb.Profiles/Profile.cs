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
    private readonly ProfileTables _tables;

    internal Profile(ProfileHeader header, ProfileTables tables)
    {
        Header = header;
        _tables = tables;
    }

    /// <summary>Everything that is not a table: sample types, times, period, comments.</summary>
    public ProfileHeader Header { get; }

    public ImmutableArray<SampleType> SampleTypes => Header.SampleTypes;

    public StringTable Strings => _tables.Strings;

    public FunctionTable Functions => _tables.Functions;

    public MappingTable Mappings => _tables.Mappings;

    public LocationTable Locations => _tables.Locations;

    public StackTable Stacks => _tables.Stacks;

    public LabelSetTable LabelSets => _tables.LabelSets;

    public SampleTable Samples => _tables.Samples;

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

    /// <summary>The same profile with something else in its header; the tables are shared.</summary>
    /// <exception cref="ArgumentException">Another number of sample types.</exception>
    public Profile WithHeader(ProfileHeader header) =>
        header.SampleTypes.Length == Samples.ValuesPerSample
            ? new Profile(header, _tables)
            : throw new ArgumentException($"the samples have {Samples.ValuesPerSample} values", nameof(header));

    /// <summary>The same profile with other values, sample after sample; everything else is shared.</summary>
    internal Profile WithValues(long[] values) => new(Header, _tables with { Samples = Samples.WithValues(values, Samples.ValuesPerSample) });

    /// <summary>
    /// The profile with a mapping about which nothing is known, to which all its locations belong, when it has none: profiles of one
    /// program compare then, whether or not their writer put such a mapping there.
    /// </summary>
    public Profile WithStandInMapping() => Mappings.Count > 0
        ? this
        : new Profile(Header, _tables with
        {
            Mappings = new MappingTable([Mapping.Unknown]),
            Locations = Locations.InMapping(new MappingId(0)),
        });

    /// <summary>The same profile measuring other things: new sample types, and as many values a sample; everything else is shared.</summary>
    internal Profile WithSampleTypes(ProfileHeader header, long[] values) =>
        new(header, _tables with { Samples = Samples.WithValues(values, header.SampleTypes.Length) });

    /// <summary>The same samples with other symbols: ids of locations, stacks and label sets hold, and so do those of known texts.</summary>
    internal Profile WithSymbols(StringTable strings, FunctionTable functions, MappingTable mappings, LocationTable locations) =>
        new(Header, _tables with { Strings = strings, Functions = functions, Mappings = mappings, Locations = locations });

    /// <summary>The tables alone, for whoever needs them longer than the samples.</summary>
    internal Profile WithoutSamples() => new(Header, _tables with
    {
        Stacks = new StackTable([], [0], 0),
        LabelSets = new LabelSetTable([], [0, 0]),
        Samples = new SampleTable([], [], [], 0, Samples.ValuesPerSample),
    });
}
