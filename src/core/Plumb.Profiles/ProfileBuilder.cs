using System.Runtime.InteropServices;
using Plumb.Profiles.Building;

namespace Plumb.Profiles;

/// <summary>
/// Builds a <see cref="Profile"/>, interning as it goes: equal strings, functions, mappings, locations, stacks and label sets get
/// equal ids. Samples are kept as they come. Not safe for concurrent use; after <see cref="Build"/> it is spent.
/// </summary>
public sealed class ProfileBuilder
{
    private readonly StringInterner _strings = new();
    private readonly Dictionary<FunctionRow, FunctionId> _functionIds = [];
    private readonly List<FunctionRow> _functions = [];
    private readonly Dictionary<Mapping, MappingId> _mappingIds = [];
    private readonly List<Mapping> _mappings = [];
    private readonly LocationInterner _locations = new();
    private readonly SequenceInterner<int> _stacks;
    private readonly LabelSetInterner _labelSets = new();
    private int _valuesPerSample;

    private Column<StackId> _sampleStacks = new(64);
    private Column<LabelSetId> _sampleLabels = new(64);
    private Column<long> _sampleValues = new(64);
    private bool _built;

    /// <param name="header">Can still be replaced; from the first sample on only by one with as many sample types.</param>
    /// <param name="maxStackEntries">Upper bound of the locations of all distinct stacks together.</param>
    public ProfileBuilder(ProfileHeader header, int maxStackEntries = int.MaxValue)
    {
        Header = header;
        _stacks = new SequenceInterner<int>("stacks", maxStackEntries);
    }

    public ProfileBuilder(params SampleType[] sampleTypes)
        : this(new ProfileHeader { SampleTypes = [.. sampleTypes] })
    {
    }

    /// <exception cref="ArgumentException">There are samples, and the new header has another number of sample types.</exception>
    public ProfileHeader Header
    {
        get;
        set
        {
            if (SampleCount > 0 && value.SampleTypes.Length != _valuesPerSample)
                throw new ArgumentException($"the profile has {_valuesPerSample} values a sample", nameof(value));

            _valuesPerSample = value.SampleTypes.Length;
            field = value;
        }
    }

    public int SampleCount => _sampleStacks.Count;

    public int MappingCount => _mappings.Count;

    public StringId String(string text) => _strings.Intern(text);

    public StringId String(ReadOnlySpan<byte> utf8) => _strings.Intern(utf8);

    public FunctionId Function(FunctionRow row)
    {
        ref FunctionId id = ref CollectionsMarshal.GetValueRefOrAddDefault(_functionIds, row, out bool known);
        if (!known)
        {
            id = new FunctionId(_functions.Count);
            _functions.Add(row);
        }

        return id;
    }

    public FunctionId Function(string name, string file = "", long startLine = 0, string? systemName = null) =>
        Function(new FunctionRow(String(name), String(systemName ?? name), String(file), startLine));

    public MappingId Mapping(Mapping mapping)
    {
        ref MappingId id = ref CollectionsMarshal.GetValueRefOrAddDefault(_mappingIds, mapping, out bool known);
        if (!known)
        {
            id = new MappingId(_mappings.Count);
            _mappings.Add(mapping);
        }

        return id;
    }

    /// <summary>Replaces what is known of a mapping, for writers that learn of symbols after the mapping itself.</summary>
    public void ReplaceMapping(MappingId id, Mapping mapping)
    {
        _mappingIds.Remove(_mappings[id.Index]);
        _mappings[id.Index] = mapping;
        _mappingIds.TryAdd(mapping, id);
    }

    /// <param name="lines">Innermost inlined call first; empty for an address without a symbol.</param>
    public LocationId Location(ulong address, MappingId mapping, ReadOnlySpan<Line> lines, bool isFolded = false) =>
        _locations.Intern(address, mapping, lines, isFolded);

    /// <summary>A location that is known by its function alone.</summary>
    public LocationId Location(FunctionId function, long line = 0) =>
        Location(0, MappingId.None, [new Line(function, line)]);

    /// <param name="leafFirst">The locations, leaf first.</param>
    public StackId Stack(ReadOnlySpan<LocationId> leafFirst) =>
        new(_stacks.Intern(MemoryMarshal.Cast<LocationId, int>(leafFirst)));

    public LabelSetId LabelSet(params ReadOnlySpan<Label> labels) => _labelSets.Intern(labels);

    /// <summary>Adds a sample and returns its index.</summary>
    /// <exception cref="ArgumentException">Not one value for each sample type.</exception>
    public int AddSample(StackId stack, ReadOnlySpan<long> values, LabelSetId labels = default)
    {
        if (values.Length != _valuesPerSample)
            throw new ArgumentException($"{values.Length} values for {_valuesPerSample} sample types", nameof(values));

        _sampleStacks.Add(stack);
        _sampleLabels.Add(labels);
        _sampleValues.Add(values);
        return SampleCount - 1;
    }

    /// <summary>The values of a sample that was added, to add more to them. Valid until the next sample is added.</summary>
    public Span<long> Values(int sample) => _sampleValues.Span.Slice(sample * _valuesPerSample, _valuesPerSample);

    /// <summary>Makes room for what is expected in all, so that the large columns are not copied while they grow.</summary>
    internal void Reserve(int samples, long stacks, long stackEntries)
    {
        _stacks.Reserve(stacks, stackEntries);
        _sampleStacks.Reserve(samples);
        _sampleLabels.Reserve(samples);
        _sampleValues.Reserve((int)Math.Min((long)samples * _valuesPerSample, Array.MaxLength));
    }

    /// <exception cref="InvalidOperationException">Called twice: the tables were handed over.</exception>
    public Profile Build()
    {
        if (_built)
            throw new InvalidOperationException("a ProfileBuilder builds one profile");

        _built = true;
        var stacks = new StackTable(_stacks.EntriesWithSpareRoom, _stacks.StartsWithSpareRoom, _stacks.Count);
        var samples = new SampleTable(_sampleStacks.Items, _sampleLabels.Items, _sampleValues.Items, SampleCount, _valuesPerSample);
        return new Profile(Header, new ProfileTables(
            _strings.Build(),
            new FunctionTable([.. _functions]),
            new MappingTable([.. _mappings]),
            _locations.Build(),
            stacks,
            _labelSets.Build(),
            samples));
    }
}
