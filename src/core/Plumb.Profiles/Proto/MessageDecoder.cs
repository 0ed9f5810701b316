using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.Proto;

/// <summary>Decodes one Profile message. Tables may come in any order, so references are followed once all of it has been read.</summary>
internal sealed class MessageDecoder(ProfileLimits limits)
{
    // Early enough that little was copied, late enough that reading ahead does not blur the estimate.
    private const long EstimateAfterBytes = 8 << 20;

    private readonly record struct WireValueType(int Type, int Unit);

    private readonly record struct WireFunction(ulong Id, int Name, int SystemName, int File, long StartLine, long Offset);

    private readonly record struct WireMapping(ulong Id, ulong Start, ulong Limit, ulong FileOffset, int File, int BuildId, int Flags, long Offset);

    private readonly record struct WireLocation(ulong Id, ulong Mapping, ulong Address, bool IsFolded, int FirstLine, int LineCount, long Offset);

    private readonly record struct WireLine(ulong Function, long Number, long Column);

    private readonly WireStrings _strings = new(limits);
    private readonly SampleDecoder _samples = new(limits);
    private readonly WireIds _functionIds = new("function");
    private readonly WireIds _mappingIds = new("mapping");
    private readonly WireIds _locationIds = new("location");

    private readonly List<WireValueType> _sampleTypes = [];
    private readonly List<int> _comments = [];
    private Column<WireFunction> _functions = new(64);
    private Column<WireMapping> _mappings = new(4);
    private Column<WireLocation> _locations = new(64);
    private Column<WireLine> _lines = new(64);
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
            case ProfileField.Mapping:
                Limit(_mappings.Count, limits.MaxMappings, "mappings", fields.ContentOffset);
                _mappings.Add(ReadMapping(Message(fields)));
                break;
            case ProfileField.Location:
                Limit(_locations.Count, limits.MaxLocations, "locations", fields.ContentOffset);
                _locations.Add(ReadLocation(Message(fields)));
                break;
            case ProfileField.Function:
                Limit(_functions.Count, limits.MaxFunctions, "functions", fields.ContentOffset);
                _functions.Add(ReadFunction(Message(fields)));
                break;
            case ProfileField.StringTable:
                Expect(fields, WireType.Bytes);
                _strings.Add(fields.Content, fields.ContentOffset);
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

    private static WireFunction ReadFunction(ProtoReader message)
    {
        long offset = message.Offset;
        ulong id = 0;
        int name = 0, systemName = 0, file = 0;
        long startLine = 0;
        while (!message.AtEnd)
        {
            (int field, WireType type) = message.ReadTag();
            switch (field)
            {
                case FunctionField.Id:
                    message.Expect(type, WireType.Varint);
                    id = message.ReadVarint();
                    break;
                case FunctionField.Name:
                    name = WireStrings.ReadPlace(ref message, type);
                    break;
                case FunctionField.SystemName:
                    systemName = WireStrings.ReadPlace(ref message, type);
                    break;
                case FunctionField.File:
                    file = WireStrings.ReadPlace(ref message, type);
                    break;
                case FunctionField.StartLine:
                    message.Expect(type, WireType.Varint);
                    startLine = message.ReadInt64();
                    break;
                default:
                    message.Skip(type);
                    break;
            }
        }

        return new WireFunction(id, name, systemName, file, startLine, offset);
    }

    private static WireMapping ReadMapping(ProtoReader message)
    {
        long offset = message.Offset;
        Span<ulong> numbers = stackalloc ulong[MappingField.HasInlineFrames + 1];
        numbers.Clear();
        while (!message.AtEnd)
        {
            (int field, WireType type) = message.ReadTag();
            if (field is MappingField.File or MappingField.BuildId)
            {
                numbers[field] = (ulong)WireStrings.ReadPlace(ref message, type);
            }
            else if (field < numbers.Length)
            {
                message.Expect(type, WireType.Varint);
                numbers[field] = message.ReadVarint();
            }
            else
            {
                message.Skip(type);
            }
        }

        int flags = 0;
        for (int field = MappingField.HasFunctions; field <= MappingField.HasInlineFrames; field++)
            flags |= (numbers[field] != 0 ? 1 : 0) << field;

        return new WireMapping(
            numbers[MappingField.Id], numbers[MappingField.Start], numbers[MappingField.Limit], numbers[MappingField.Offset],
            (int)numbers[MappingField.File], (int)numbers[MappingField.BuildId], flags, offset);
    }

    private WireLocation ReadLocation(ProtoReader message)
    {
        long offset = message.Offset;
        ulong id = 0, mapping = 0, address = 0;
        bool isFolded = false;
        int firstLine = _lines.Count;
        while (!message.AtEnd)
        {
            (int field, WireType type) = message.ReadTag();
            switch (field)
            {
                case LocationField.Id:
                    message.Expect(type, WireType.Varint);
                    id = message.ReadVarint();
                    break;
                case LocationField.MappingId:
                    message.Expect(type, WireType.Varint);
                    mapping = message.ReadVarint();
                    break;
                case LocationField.Address:
                    message.Expect(type, WireType.Varint);
                    address = message.ReadVarint();
                    break;
                case LocationField.Line:
                    message.Expect(type, WireType.Bytes);
                    Limit(_lines.Count - firstLine, limits.MaxLinesPerLocation, "lines at one location", message.Offset);
                    _lines.Add(ReadLine(message.ReadMessage()));
                    break;
                case LocationField.IsFolded:
                    message.Expect(type, WireType.Varint);
                    isFolded = message.ReadVarint() != 0;
                    break;
                default:
                    message.Skip(type);
                    break;
            }
        }

        return new WireLocation(id, mapping, address, isFolded, firstLine, _lines.Count - firstLine, offset);
    }

    private static WireLine ReadLine(ProtoReader message)
    {
        ulong function = 0;
        long number = 0, column = 0;
        while (!message.AtEnd)
        {
            (int field, WireType type) = message.ReadTag();
            switch (field)
            {
                case LineField.FunctionId:
                    message.Expect(type, WireType.Varint);
                    function = message.ReadVarint();
                    break;
                case LineField.Line:
                    message.Expect(type, WireType.Varint);
                    number = message.ReadInt64();
                    break;
                case LineField.Column:
                    message.Expect(type, WireType.Varint);
                    column = message.ReadInt64();
                    break;
                default:
                    message.Skip(type);
                    break;
            }
        }

        return new WireLine(function, number, column);
    }

    private Profile Resolve()
    {
        FunctionTable functions = ResolveFunctions();
        MappingTable mappings = ResolveMappings();
        LocationTable locations = ResolveLocations();
        (StackTable stacks, LabelSetTable labelSets, SampleTable samples) = _samples.Resolve(_sampleTypes.Count, _locationIds, _strings);
        var header = new ProfileHeader
        {
            SampleTypes = [.. _sampleTypes.Select(Text)],
            DefaultSampleType = _strings.Text(_defaultSampleType),
            TimeNanos = _timeNanos,
            DurationNanos = _durationNanos,
            PeriodType = _periodType is { } periodType ? Text(periodType) : null,
            Period = _period,
            DropFrames = _strings.Text(_dropFrames),
            KeepFrames = _strings.Text(_keepFrames),
            Comments = [.. _comments.Select(_strings.Text)],
            DocUrl = _strings.Text(_docUrl),
        };
        return new Profile(header, new ProfileTables(_strings.Build(), functions, mappings, locations, stacks, labelSets, samples));
    }

    private FunctionTable ResolveFunctions()
    {
        var rows = new List<FunctionRow>(_functions.Count);
        var known = new Dictionary<FunctionRow, int>(_functions.Count);
        foreach (WireFunction wire in _functions.Span)
        {
            var row = new FunctionRow(_strings[wire.Name], _strings[wire.SystemName], _strings[wire.File], wire.StartLine);
            if (known.TryAdd(row, rows.Count))
                rows.Add(row);

            _functionIds.Add(wire.Id, known[row], wire.Offset);
        }

        return new FunctionTable([.. rows]);
    }

    private MappingTable ResolveMappings()
    {
        var rows = new List<Mapping>(_mappings.Count);
        var known = new Dictionary<Mapping, int>(_mappings.Count);
        foreach (WireMapping wire in _mappings.Span)
        {
            var row = new Mapping(wire.Start, wire.Limit, wire.FileOffset, _strings.Text(wire.File), _strings.Text(wire.BuildId))
            {
                HasFunctions = (wire.Flags & (1 << MappingField.HasFunctions)) != 0,
                HasFilenames = (wire.Flags & (1 << MappingField.HasFilenames)) != 0,
                HasLineNumbers = (wire.Flags & (1 << MappingField.HasLineNumbers)) != 0,
                HasInlineFrames = (wire.Flags & (1 << MappingField.HasInlineFrames)) != 0,
            };
            if (known.TryAdd(row, rows.Count))
                rows.Add(row);

            _mappingIds.Add(wire.Id, known[row], wire.Offset);
        }

        return new MappingTable([.. rows]);
    }

    private LocationTable ResolveLocations()
    {
        var interner = new LocationInterner();
        var lines = new Column<Line>(4);
        foreach (WireLocation wire in _locations.Span)
        {
            lines.Clear();
            foreach (WireLine line in _lines.Span.Slice(wire.FirstLine, wire.LineCount))
                lines.Add(new Line(FunctionOf(line, wire), line.Number, line.Column));

            // A location may name a mapping that the writer left out; the reference reads such files too.
            MappingId mapping = _mappingIds.TryGetRow(wire.Mapping, out int row) ? new MappingId(row) : MappingId.None;
            LocationId id = interner.Intern(wire.Address, mapping, lines.Span, wire.IsFolded);
            _locationIds.Add(wire.Id, id.Index, wire.Offset);
        }

        LocationTable table = interner.Build();
        return _locationIds.IsIdentity ? table : table.WithWrittenIds(WrittenIds(table.Count));
    }

    private ulong[] WrittenIds(int count)
    {
        var ids = new ulong[count];
        foreach (WireLocation wire in _locations.Span)
        {
            // Of a location that is listed twice the first id stays.
            if (_locationIds.TryGetRow(wire.Id, out int row) && ids[row] == 0)
                ids[row] = wire.Id;
        }

        return ids;
    }

    private FunctionId FunctionOf(WireLine line, WireLocation location) =>
        _functionIds.TryGetRow(line.Function, out int row)
            ? new FunctionId(row)
            : throw new ProfileFormatException($"location {location.Id} refers to function {line.Function}, which does not exist", location.Offset);

    private SampleType Text(WireValueType type) => new(_strings.Text(type.Type), _strings.Text(type.Unit));

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

    private static void Limit(int count, int limit, string what, long offset)
    {
        if (count >= limit)
            throw new ProfileFormatException($"more than the {limit} {what} that are accepted", offset);
    }
}
