using Plumb.Profiles.Building;

namespace Plumb.Profiles.Proto;

/// <summary>
/// Takes in the tables that samples refer to: strings, functions, mappings and locations. They may come in any order, so references are
/// followed once all of them have been read.
/// </summary>
internal sealed class TableDecoder(ProfileLimits limits)
{
    private readonly record struct WireFunction(ulong Id, int Name, int SystemName, int File, long StartLine, long Offset);

    private readonly record struct WireMapping(ulong Id, ulong Start, ulong Limit, ulong FileOffset, int File, int BuildId, int Flags, long Offset);

    private readonly record struct WireLocation(ulong Id, ulong Mapping, ulong Address, bool IsFolded, int FirstLine, int LineCount, long Offset);

    private readonly record struct WireLine(ulong Function, long Number, long Column);

    private readonly WireStrings _strings = new(limits);
    private readonly WireIds _functionIds = new("function");
    private readonly WireIds _mappingIds = new("mapping");
    private readonly WireIds _locationIds = new("location");

    private Column<WireFunction> _functions = new(64);
    private Column<WireMapping> _mappings = new(4);
    private Column<WireLocation> _locations = new(64);
    private Column<WireLine> _lines = new(64);

    /// <param name="field">One of the four tables' fields of the profile.</param>
    /// <param name="content">The entry.</param>
    /// <param name="offset">Where the entry stands in the input.</param>
    public void Read(int field, ReadOnlySpan<byte> content, long offset)
    {
        switch (field)
        {
            case ProfileField.Mapping:
                MessageDecoder.Limit(_mappings.Count, limits.MaxMappings, "mappings", offset);
                _mappings.Add(ReadMapping(new ProtoReader(content, offset)));
                break;
            case ProfileField.Location:
                MessageDecoder.Limit(_locations.Count, limits.MaxLocations, "locations", offset);
                _locations.Add(ReadLocation(new ProtoReader(content, offset)));
                break;
            case ProfileField.Function:
                MessageDecoder.Limit(_functions.Count, limits.MaxFunctions, "functions", offset);
                _functions.Add(ReadFunction(new ProtoReader(content, offset)));
                break;
            case ProfileField.StringTable:
                _strings.Add(content, offset);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(field), field, "not a table");
        }
    }

    public WireTables Resolve()
    {
        FunctionTable functions = ResolveFunctions();
        MappingTable mappings = ResolveMappings();
        LocationTable locations = ResolveLocations();
        return new WireTables(_strings, _strings.Build(), functions, mappings, locations, _locationIds);
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
                    MessageDecoder.Limit(_lines.Count - firstLine, limits.MaxLinesPerLocation, "lines at one location", message.Offset);
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
}
