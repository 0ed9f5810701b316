using System.Collections.Immutable;
using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.Proto;

/// <summary>Decodes one Profile message. Tables may come in any order, so references are followed once all of it has been read.</summary>
internal sealed class MessageDecoder(ProfileLimits limits, RelatedProfiles? related = null)
{
    // Early enough that little was copied, late enough that reading ahead does not blur the estimate.
    private const long EstimateAfterBytes = 8 << 20;

    private readonly record struct WireValueType(int Type, int Unit);

    private readonly TableReader _tables = new(limits, related);
    private readonly SampleDecoder _samples = new(limits);
    private Column<WireValueType> _sampleTypes = new(4);
    private readonly List<int> _comments = [];
    private WireValueType? _periodType;
    private int _dropFrames;
    private int _keepFrames;
    private int _defaultSampleType;
    private int _docUrl;
    private long _timeNanos;
    private long _durationNanos;
    private long _period;

    public Profile Decode(BoundedInput input)
    {
        // A message of one field is a sample at its deepest, or a string; whatever is larger is not a profile.
        using var fields = new FieldStream(input, Math.Max(limits.MaxStringBytes, 64 << 20));
        int seen = 0;
        bool reserved = false;
        if (related is not null)
            _samples.Reserve(related.LatestCounts);

        for (; fields.Next(); seen++)
        {
            ReadField(fields);
            if (!reserved && input.BytesProduced > EstimateAfterBytes)
            {
                reserved = true;
                if (input.FractionRead is { } fraction)
                    _samples.Reserve(fraction);
            }
        }

        if (seen == 0)
            throw new ProfileFormatException("the input is empty", 0);

        return Resolve();
    }

    private void ReadField(FieldStream fields)
    {
        switch (fields.Field)
        {
            case ProfileField.SampleType:
                Limit(_sampleTypes.Count, limits.MaxSampleTypes, "sample types", fields.ContentOffset);
                _sampleTypes.Add(ReadValueType(Message(fields)));
                break;
            case ProfileField.Sample:
                _samples.Add(Message(fields));
                break;
            case ProfileField.Mapping or ProfileField.Location or ProfileField.Function or ProfileField.StringTable:
                Expect(fields, WireType.Bytes);
                _tables.Read(fields.Field, fields.Content, fields.ContentOffset);
                break;
            case ProfileField.PeriodType:
                _periodType = ReadValueType(Message(fields));
                break;
            case ProfileField.Comment:
                ReadComments(fields);
                break;
            default:
                ReadNumber(fields);
                break;
        }
    }

    private void ReadNumber(FieldStream fields)
    {
        ref long target = ref _timeNanos;
        switch (fields.Field)
        {
            case ProfileField.DropFrames:
                _dropFrames = Place(fields);
                return;
            case ProfileField.KeepFrames:
                _keepFrames = Place(fields);
                return;
            case ProfileField.DefaultSampleType:
                _defaultSampleType = Place(fields);
                return;
            case ProfileField.DocUrl:
                _docUrl = Place(fields);
                return;
            case ProfileField.TimeNanos:
                if (_timeNanos != 0)
                    throw new ProfileFormatException("a second time: two profiles were written one after the other", fields.ContentOffset);
                break;
            case ProfileField.DurationNanos:
                target = ref _durationNanos;
                break;
            case ProfileField.Period:
                target = ref _period;
                break;
            default:
                return; // A field of a later version.
        }

        Expect(fields, WireType.Varint);
        target = (long)fields.Number;
    }

    private void ReadComments(FieldStream fields)
    {
        if (fields.Type == WireType.Varint)
        {
            AddComment(fields.Number, fields.ContentOffset);
            return;
        }

        ProtoReader packed = Message(fields);
        while (!packed.AtEnd)
            AddComment(packed.ReadVarint(), packed.Offset);
    }

    private void AddComment(ulong place, long offset)
    {
        Limit(_comments.Count, limits.MaxComments, "comments", offset);
        _comments.Add(place <= int.MaxValue ? (int)place : throw new ProfileFormatException($"expected a place in the string table, found {place}", offset));
    }

    private static WireValueType ReadValueType(ProtoReader message)
    {
        int valueType = 0, unit = 0;
        while (!message.AtEnd)
        {
            (int field, WireType type) = message.ReadTag();
            switch (field)
            {
                case ValueTypeField.Type:
                    valueType = WireStrings.ReadPlace(ref message, type);
                    break;
                case ValueTypeField.Unit:
                    unit = WireStrings.ReadPlace(ref message, type);
                    break;
                default:
                    message.Skip(type);
                    break;
            }
        }

        return new WireValueType(valueType, unit);
    }

    private Profile Resolve()
    {
        related?.Note(_samples.Counts);
        WireTables tables = _tables.Resolve();
        (StackTable stacks, LabelSetTable labelSets, SampleTable samples) =
            _samples.Resolve(_sampleTypes.Count, tables.LocationIds, tables.StringRows);
        var header = new ProfileHeader
        {
            SampleTypes = SampleTypes(tables),
            DefaultSampleType = tables.StringRows.Text(_defaultSampleType),
            TimeNanos = _timeNanos,
            DurationNanos = _durationNanos,
            PeriodType = _periodType is { } periodType ? Text(periodType, tables) : null,
            Period = _period,
            DropFrames = tables.StringRows.Text(_dropFrames),
            KeepFrames = tables.StringRows.Text(_keepFrames),
            Comments = Comments(tables),
            DocUrl = tables.StringRows.Text(_docUrl),
        };
        return new Profile(header, new ProfileTables(
            tables.Strings, tables.Functions, tables.Mappings, tables.Locations, stacks, labelSets, samples));
    }

    private ImmutableArray<SampleType> SampleTypes(WireTables tables)
    {
        ImmutableArray<SampleType>.Builder types = ImmutableArray.CreateBuilder<SampleType>(_sampleTypes.Count);
        foreach (WireValueType type in _sampleTypes.Span)
            types.Add(Text(type, tables));

        return types.MoveToImmutable();
    }

    private ImmutableArray<string> Comments(WireTables tables)
    {
        ImmutableArray<string>.Builder comments = ImmutableArray.CreateBuilder<string>(_comments.Count);
        foreach (int comment in _comments)
            comments.Add(tables.StringRows.Text(comment));

        return comments.MoveToImmutable();
    }

    private static SampleType Text(WireValueType type, WireTables tables) => new(tables.StringRows.Text(type.Type), tables.StringRows.Text(type.Unit));

    private static ProtoReader Message(FieldStream fields)
    {
        Expect(fields, WireType.Bytes);
        return new ProtoReader(fields.Content, fields.ContentOffset);
    }

    private static int Place(FieldStream fields)
    {
        Expect(fields, WireType.Varint);
        return fields.Number <= int.MaxValue
            ? (int)fields.Number
            : throw new ProfileFormatException($"expected a place in the string table, found {fields.Number}", fields.ContentOffset);
    }

    private static void Expect(FieldStream fields, WireType expected)
    {
        if (fields.Type != expected)
            throw new ProfileFormatException($"expected field {fields.Field} to have wire type {expected}, found {fields.Type}", fields.ContentOffset);
    }

    internal static void Limit(int count, int limit, string what, long offset)
    {
        if (count >= limit)
            throw new ProfileFormatException($"more than the {limit} {what} that are accepted", offset);
    }
}
