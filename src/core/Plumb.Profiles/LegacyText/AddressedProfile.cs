using System.Runtime.InteropServices;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// A profile whose stacks are addresses, while it is being read. The formats name the mappings and symbols after the samples, so
/// locations are made at the end.
/// </summary>
internal sealed class AddressedProfile
{
    private readonly ProfileLimits _limits;
    private readonly ProfileBuilder _builder;
    private readonly Dictionary<ulong, int> _addressIds = [];
    private readonly SequenceInterner<int> _stacks;
    private readonly Dictionary<int, Line[]> _symbols = [];
    private Column<ulong> _addresses = new(64);
    private Column<int> _sampleStacks = new(64);
    private Column<LabelSetId> _sampleLabels = new(64);
    private Column<long> _sampleValues = new(64);
    private Column<int> _stack = new(64);

    public AddressedProfile(ProfileHeader header, ProfileLimits limits)
    {
        _limits = limits;
        _builder = new ProfileBuilder(header, limits.MaxStackEntries);
        _stacks = new SequenceInterner<int>("stacks", limits.MaxStackEntries);
    }

    public ProfileBuilder Builder => _builder;

    public int SampleCount => _sampleStacks.Count;

    public MemoryMap Mappings { get; set; } = MemoryMap.Empty;

    /// <summary>The addresses are Java's: numbers that join the two parts of the file, and no places in memory.</summary>
    public bool DropAddresses { get; init; }

    /// <param name="addresses">Leaf first, as they shall stand in the profile.</param>
    public void AddSample(ReadOnlySpan<ulong> addresses, ReadOnlySpan<long> values, LabelSetId labels = default)
    {
        if (SampleCount >= _limits.MaxSamples)
            throw new ProfileFormatException($"more than the {_limits.MaxSamples} samples that are accepted");

        if (addresses.Length > _limits.MaxStackDepth)
            throw new ProfileFormatException($"a stack of {addresses.Length} addresses, more than the {_limits.MaxStackDepth} that are accepted");

        _stack.Clear();
        foreach (ulong address in addresses)
            _stack.Add(AddressId(address));

        _sampleStacks.Add(_stacks.Intern(_stack.Span));
        _sampleLabels.Add(labels);
        _sampleValues.Add(values);
    }

    /// <summary>The values of a sample that was added, to add more to them. Valid until the next sample is added.</summary>
    public Span<long> Values(int sample) => _sampleValues.Span.Slice(sample * ValuesPerSample, ValuesPerSample);

    public bool HasAddress(ulong address) => _addressIds.ContainsKey(address);

    /// <summary>Names the code at an address that a sample has. What was said of it first stays.</summary>
    /// <param name="lines">Innermost inlined call first.</param>
    public void TryAddSymbol(ulong address, ReadOnlySpan<Line> lines)
    {
        ref Line[]? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_symbols, _addressIds[address], out bool exists);
        if (!exists)
            known = lines.ToArray();
    }

    public Profile Build()
    {
        LocationId[] locations = AddLocations();
        var stacks = new StackId[_stacks.Count];
        for (int i = 0; i < stacks.Length; i++)
            stacks[i] = AddStack(_stacks[i], locations);

        for (int i = 0; i < SampleCount; i++)
            _builder.AddSample(stacks[_sampleStacks[i]], Values(i), _sampleLabels[i]);

        return _builder.Build();
    }

    private int ValuesPerSample => _builder.Header.SampleTypes.Length;

    private int AddressId(ulong address)
    {
        ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(_addressIds, address, out bool known);
        if (known)
            return id;

        if (_addresses.Count >= _limits.MaxLocations)
            throw new ProfileFormatException($"more than the {_limits.MaxLocations} distinct addresses that are accepted");

        id = _addresses.Count;
        _addresses.Add(address);
        return id;
    }

    private StackId AddStack(ReadOnlySpan<int> addressIds, LocationId[] locations)
    {
        LocationId[] stack = new LocationId[addressIds.Length];
        for (int i = 0; i < stack.Length; i++)
            stack[i] = locations[addressIds[i]];

        return _builder.Stack(stack);
    }

    private LocationId[] AddLocations()
    {
        ulong[] addresses = _addresses.Span.ToArray();
        MappingId[] mappings = Mappings.AddTo(_builder, DropAddresses ? WithoutSymbolized() : addresses, hasSymbols: _symbols.Count > 0 && !DropAddresses);
        var locations = new LocationId[addresses.Length];
        for (int i = 0; i < locations.Length; i++)
            locations[i] = _builder.Location(DropAddresses ? 0 : addresses[i], mappings[i], _symbols.GetValueOrDefault(i) ?? []);

        return locations;
    }

    private ulong[] WithoutSymbolized()
    {
        ulong[] addresses = _addresses.Span.ToArray();
        foreach (int id in _symbols.Keys)
            addresses[id] = 0;

        return addresses;
    }
}
