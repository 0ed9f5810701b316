namespace Plumb.Profiles.Merging;

/// <summary>
/// Leads texts, functions, mappings and locations of a source to rows of the merged profile, each looked up once: also for all sources together
/// that share their tables.
/// </summary>
internal sealed class TableRows
{
    private const int Unknown = -1;

    private readonly Profile _source;
    private readonly ProfileMerger _merger;
    private readonly ProfileBuilder _target;

    private readonly int[] _strings;
    private readonly int[] _functions;
    private readonly int[] _locations;
    private readonly (MappingId Row, ulong Shift)?[] _mappings;

    private Line[] _lines = new Line[8];

    public TableRows(Profile source, ProfileMerger merger, ProfileBuilder target)
    {
        // Its tables are needed for long; its samples are not.
        _source = source.WithoutSamples();
        _merger = merger;
        _target = target;
        _strings = Unmapped(source.Strings.Count);
        _functions = Unmapped(source.Functions.Count);
        _locations = Unmapped(source.Locations.Count);
        _mappings = new (MappingId, ulong)?[source.Mappings.Count];
    }

    /// <summary>Whether a source has these very tables.</summary>
    public bool AreOf(Profile source) =>
        ReferenceEquals(_source.Strings, source.Strings) && ReferenceEquals(_source.Functions, source.Functions)
        && ReferenceEquals(_source.Mappings, source.Mappings) && ReferenceEquals(_source.Locations, source.Locations);

    public (MappingId Row, ulong Shift) Mapping(MappingId id) =>
        id.IsNone ? (MappingId.None, 0) : _mappings[id.Index] ??= _merger.Map(_source.Mappings[id]);

    /// <summary>Leads the locations of a stack to their rows.</summary>
    /// <param name="rows">As many as there are locations.</param>
    public void Locations(ReadOnlySpan<LocationId> stack, Span<LocationId> rows)
    {
        int[] known = _locations;
        for (int i = 0; i < stack.Length; i++)
        {
            int row = known[stack[i].Index];
            rows[i] = row != Unknown ? new LocationId(row) : Location(stack[i]);
        }
    }

    private LocationId Location(LocationId id)
    {
        Location location = _source.Locations[id];
        (MappingId mapping, ulong shift) = Mapping(location.Mapping);
        ReadOnlySpan<Line> lines = location.Lines;
        if (_lines.Length < lines.Length)
            _lines = new Line[lines.Length];

        for (int i = 0; i < lines.Length; i++)
            _lines[i] = lines[i] with { Function = Function(lines[i].Function) };

        LocationId row = _target.Location(unchecked(location.Address + shift), mapping, _lines.AsSpan(0, lines.Length), location.IsFolded);
        _locations[id.Index] = row.Index;
        return row;
    }

    private FunctionId Function(FunctionId id)
    {
        ref int row = ref _functions[id.Index];
        if (row == Unknown)
        {
            FunctionRow function = _source.Functions[id];
            row = _target.Function(new FunctionRow(
                String(function.Name), String(function.SystemName), String(function.File), function.StartLine)).Index;
        }

        return new FunctionId(row);
    }

    public StringId String(StringId id)
    {
        ref int row = ref _strings[id.Index];
        if (row == Unknown)
            row = _target.String(_source.Strings.Utf8(id)).Index;

        return new StringId(row);
    }

    internal static int[] Unmapped(int count)
    {
        var rows = new int[count];
        Array.Fill(rows, Unknown);
        return rows;
    }
}
