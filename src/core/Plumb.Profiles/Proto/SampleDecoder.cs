using System.Runtime.InteropServices;
using Plumb.Profiles.Building;

namespace Plumb.Profiles.Proto;

/// <summary>
/// Takes in the samples. In the files that writers make, samples come before the tables they refer to, so stacks and label sets are
/// interned with the numbers of the wire and led to rows once all tables are known.
/// </summary>
internal sealed class SampleDecoder
{
    private const int LargestPlainId = int.MaxValue;

    private readonly ProfileLimits _limits;
    private readonly RowListInterner<Label> _labelSets = new("label sets");

    // Location ids above 31 bits are kept aside; the stack then holds the complement of their place here.
    private readonly List<ulong> _largeIds = [];
    private readonly Dictionary<ulong, int> _largeIdPlaces = [];

    private readonly PendingStacks _pending = new();
    private SequenceInterner<int> _stacks;
    private Column<StackId> _stackIds = new(64);
    private Column<LabelSetId> _labelSetIds = new(64);
    private Column<long> _values = new(64);

    // What the sample at hand has so far.
    private Column<int> _stack = new(64);
    private Column<Label> _labels = new(4);
    private int _valuesPerSample = -1;

    public SampleDecoder(ProfileLimits limits)
    {
        _limits = limits;
        _stacks = new SequenceInterner<int>("stacks", limits.MaxStackEntries);
        _labelSets.Intern([]);
    }

    public int Count => _labelSetIds.Count;

    /// <summary>What was taken in so far.</summary>
    public SampleCounts Counts => new(Count, _stacks.Count, _stacks.Entries.Length, _values.Count);

    public void Add(ProtoReader message)
    {
        if (Count == _limits.MaxSamples)
            throw new ProfileFormatException($"more than the {_limits.MaxSamples} samples that are accepted", message.Offset);

        long start = message.Offset;
        int valuesBefore = _values.Count;
        _stack.Clear();
        _labels.Clear();
        while (!message.AtEnd)
            ReadField(ref message);

        CheckValueCount(_values.Count - valuesBefore, start);
        _pending.Add(_stack.Span);
        if (_pending.IsFull)
            _pending.Intern(_stacks, ref _stackIds);

        _labelSetIds.Add(new LabelSetId(_labels.Count == 0 ? 0 : _labelSets.Intern(_labels.Span)));
    }

    /// <summary>Makes room for all samples, when it is known which fraction of the input those so far are.</summary>
    public void Reserve(double fractionRead)
    {
        // Generous, since the fraction runs ahead of what was decoded; pages that are never written cost nothing.
        double expected = 1.4 / Math.Clamp(fractionRead, 0.01, 1);
        Reserve(Counts, expected);
    }

    /// <summary>Makes room for about as much as a profile took that is expected to be alike.</summary>
    public void Reserve(SampleCounts alike)
    {
        // Large profiles are judged by how they begin: one of them must not make small ones large.
        const int MaxEntries = 1 << 20;
        const double Slightly = 1.05;
        if (alike.StackEntries <= MaxEntries && alike.Values <= MaxEntries)
            Reserve(alike, Slightly);
    }

    /// <summary>Leads everything to rows.</summary>
    /// <param name="sampleTypes">How many values a sample must have.</param>
    /// <param name="locations">From wire ids to rows of the location table.</param>
    /// <param name="strings">From places in the string table on the wire to rows.</param>
    public (StackTable Stacks, LabelSetTable LabelSets, SampleTable Samples) Resolve(int sampleTypes, WireIds locations, WireStrings strings)
    {
        _pending.Intern(_stacks, ref _stackIds);
        if (Count > 0 && _valuesPerSample != sampleTypes)
            throw new ProfileFormatException($"samples have {_valuesPerSample} values, but there are {sampleTypes} sample types");

        ResolveStacks(locations);
        LabelSetTable labelSets = ResolveLabels(strings);
        var stacks = new StackTable(_stacks.EntriesWithSpareRoom, _stacks.StartsWithSpareRoom, _stacks.Count);
        return (stacks, labelSets, new SampleTable(_stackIds.Items, _labelSetIds.Items, _values.Items, Count, sampleTypes));
    }

    private void Reserve(SampleCounts counts, double factor)
    {
        _stacks.Reserve((long)(counts.Stacks * factor), (long)(counts.StackEntries * factor));
        int samples = (int)Math.Min(counts.Samples * factor, _limits.MaxSamples);
        _stackIds.Reserve(samples);
        _labelSetIds.Reserve(samples);
        _values.Reserve((int)Math.Min(counts.Values * factor, Array.MaxLength));
    }

    private void ReadField(ref ProtoReader message)
    {
        (int field, WireType type) = message.ReadTag();
        switch (field)
        {
            case SampleField.LocationId when type == WireType.Bytes:
                AddLocations(message.ReadMessage());
                break;
            case SampleField.LocationId:
                message.Expect(type, WireType.Varint);
                AddLocation(message.ReadVarint(), message.Offset);
                break;
            case SampleField.Value when type == WireType.Bytes:
                ProtoReader values = message.ReadMessage();
                while (!values.AtEnd)
                    AddValue(values.ReadInt64(), values.Offset);
                break;
            case SampleField.Value:
                message.Expect(type, WireType.Varint);
                AddValue(message.ReadInt64(), message.Offset);
                break;
            case SampleField.Label:
                message.Expect(type, WireType.Bytes);
                AddLabel(message.ReadMessage());
                break;
            default:
                message.Skip(type);
                break;
        }
    }

    private void AddLocations(ProtoReader packed)
    {
        while (!packed.AtEnd)
        {
            // A location takes a byte at least.
            int room = Math.Min(packed.Remaining, _limits.MaxStackDepth - _stack.Count);
            _stack.Commit(packed.ReadShortVarints(_stack.Spare(room)[..room]));
            if (!packed.AtEnd)
                AddLocation(packed.ReadVarint(), packed.Offset);
        }
    }

    private void AddLocation(ulong wireId, long offset)
    {
        if (_stack.Count == _limits.MaxStackDepth)
            throw new ProfileFormatException($"a stack of more than the {_limits.MaxStackDepth} locations that are accepted", offset);

        _stack.Add(wireId <= LargestPlainId ? (int)wireId : ~LargeIdPlace(wireId));
    }

    private int LargeIdPlace(ulong wireId)
    {
        ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(_largeIdPlaces, wireId, out bool known);
        if (!known)
        {
            place = _largeIds.Count;
            _largeIds.Add(wireId);
        }

        return place;
    }

    private void AddValue(long value, long offset)
    {
        // The number of sample types is not known yet, but every sample has as many values as the first one.
        int already = _values.Count - (Count * Math.Max(0, _valuesPerSample));
        if (already >= _limits.MaxSampleTypes)
            throw new ProfileFormatException($"a sample with more than the {_limits.MaxSampleTypes} values that are accepted", offset);

        _values.Add(value);
    }

    private void CheckValueCount(int count, long offset)
    {
        if (_valuesPerSample < 0)
            _valuesPerSample = count;

        if (count != _valuesPerSample)
            throw new ProfileFormatException($"expected {_valuesPerSample} values in a sample, as in those before it, found {count}", offset);
    }

    private void AddLabel(ProtoReader message)
    {
        if (_labels.Count == _limits.MaxLabelsPerSample)
            throw new ProfileFormatException($"a sample with more than the {_limits.MaxLabelsPerSample} labels that are accepted", message.Offset);

        int key = 0, text = 0, unit = 0;
        long number = 0;
        while (!message.AtEnd)
        {
            (int field, WireType type) = message.ReadTag();
            switch (field)
            {
                case LabelField.Key:
                    key = WireStrings.ReadPlace(ref message, type);
                    break;
                case LabelField.Text:
                    text = WireStrings.ReadPlace(ref message, type);
                    break;
                case LabelField.Number:
                    message.Expect(type, WireType.Varint);
                    number = message.ReadInt64();
                    break;
                case LabelField.Unit:
                    unit = WireStrings.ReadPlace(ref message, type);
                    break;
                default:
                    message.Skip(type);
                    break;
            }
        }

        _labels.Add(new Label(new StringId(key), new StringId(text), number, new StringId(unit)));
    }

    private void ResolveStacks(WireIds locations)
    {
        Span<int> entries = _stacks.Entries;
        if (locations.IsIdentity && _largeIds.Count == 0)
            ShiftToRows(entries, locations.Count);
        else
            LookUpRows(entries, locations);

        if (locations.HasDuplicates)
            InternStacksAgain();
    }

    private static void ShiftToRows(Span<int> entries, int locationCount)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            int row = entries[i] - 1;
            if ((uint)row >= (uint)locationCount)
                throw UnknownLocation((ulong)entries[i]);

            entries[i] = row;
        }
    }

    private void LookUpRows(Span<int> entries, WireIds locations)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            ulong wireId = entries[i] >= 0 ? (ulong)entries[i] : _largeIds[~entries[i]];
            if (!locations.TryGetRow(wireId, out entries[i]))
                throw UnknownLocation(wireId);
        }
    }

    private static ProfileFormatException UnknownLocation(ulong wireId) => new($"a sample refers to location {wireId}, which does not exist");

    // Stacks that differed in wire ids alone are one stack.
    private void InternStacksAgain()
    {
        var merged = new SequenceInterner<int>("stacks", _limits.MaxStackEntries);
        var rows = new int[_stacks.Count];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = merged.Intern(_stacks[i]);

        foreach (ref StackId id in _stackIds.Span)
            id = new StackId(rows[id.Index]);

        _stacks = merged;
    }

    private LabelSetTable ResolveLabels(WireStrings strings)
    {
        var resolved = new LabelSetInterner();
        (Label[] labels, int[] starts) = _labelSets.Build();
        for (int i = 0; i < labels.Length; i++)
        {
            Label label = labels[i];
            labels[i] = new Label(strings[label.Key.Index], strings[label.Text.Index], label.Number, strings[label.Unit.Index]);
        }

        var rows = new LabelSetId[_labelSets.Count];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = resolved.Intern(labels.AsSpan(starts[i]..starts[i + 1]));

        foreach (ref LabelSetId id in _labelSetIds.Span)
            id = rows[id.Index];

        return resolved.Build();
    }
}
