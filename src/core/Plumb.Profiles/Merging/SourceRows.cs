namespace Plumb.Profiles.Merging;

/// <summary>Leads the rows of one source to rows of the merged profile, each looked up once.</summary>
internal sealed class SourceRows
{
    private const int Unknown = -1;

    private readonly Profile _source;
    private readonly ProfileMerger _merger;
    private readonly ProfileBuilder _target;
    private readonly Label? _added;

    private readonly int[] _strings;
    private readonly int[] _functions;
    private readonly int[] _locations;
    private readonly int[] _stacks;
    private readonly int[] _labelSets;
    private readonly (MappingId Row, ulong Shift)?[] _mappings;

    private LocationId[] _stack = new LocationId[64];
    private Line[] _lines = new Line[8];

    public SourceRows(Profile source, ProfileMerger merger, ProfileBuilder target, (string Key, string Text)? added)
    {
        _source = source;
        _merger = merger;
        _target = target;
        _added = added is { } label ? Plumb.Profiles.Label.OfText(target.String(label.Key), target.String(label.Text)) : null;
        _strings = Unmapped(source.Strings.Count);
        _functions = Unmapped(source.Functions.Count);
        _locations = Unmapped(source.Locations.Count);
        _stacks = Unmapped(source.Stacks.Count);
        _labelSets = Unmapped(source.LabelSets.Count);
        _mappings = new (MappingId, ulong)?[source.Mappings.Count];
    }

    public StackId Stack(StackId id)
    {
        ref int row = ref _stacks[id.Index];
        if (row != Unknown)
            return new StackId(row);

        ReadOnlySpan<LocationId> stack = _source.Stacks[id];
        if (_stack.Length < stack.Length)
            _stack = new LocationId[stack.Length];

        for (int i = 0; i < stack.Length; i++)
            _stack[i] = Location(stack[i]);

        row = _target.Stack(_stack.AsSpan(0, stack.Length)).Index;
        return new StackId(row);
    }

    public LabelSetId LabelSet(LabelSetId id)
    {
        ref int row = ref _labelSets[id.Index];
        if (row != Unknown)
            return new LabelSetId(row);

        ReadOnlySpan<Label> labels = _source.LabelSets[id];
        var mapped = new List<Label>(labels.Length + 1);
        foreach (Label label in labels)
            mapped.Add(new Label(String(label.Key), String(label.Text), label.Number, String(label.Unit)));

        if (_added is { } added)
        {
            mapped.RemoveAll(label => label.Key == added.Key && !label.IsNumber);
            mapped.Add(added);
        }

        row = _target.LabelSet([.. mapped]).Index;
        return new LabelSetId(row);
    }

    public (MappingId Row, ulong Shift) Mapping(MappingId id) =>
        id.IsNone ? (MappingId.None, 0) : _mappings[id.Index] ??= _merger.Map(_source.Mappings[id]);

    private LocationId Location(LocationId id)
    {
        ref int row = ref _locations[id.Index];
        if (row != Unknown)
            return new LocationId(row);

        Location location = _source.Locations[id];
        (MappingId mapping, ulong shift) = Mapping(location.Mapping);
        ReadOnlySpan<Line> lines = location.Lines;
        if (_lines.Length < lines.Length)
            _lines = new Line[lines.Length];

        for (int i = 0; i < lines.Length; i++)
            _lines[i] = lines[i] with { Function = Function(lines[i].Function) };

        row = _target.Location(unchecked(location.Address + shift), mapping, _lines.AsSpan(0, lines.Length), location.IsFolded).Index;
        return new LocationId(row);
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

    private StringId String(StringId id)
    {
        ref int row = ref _strings[id.Index];
        if (row == Unknown)
            row = _target.String(_source.Strings.Utf8(id)).Index;

        return new StringId(row);
    }

    private static int[] Unmapped(int count)
    {
        var rows = new int[count];
        Array.Fill(rows, Unknown);
        return rows;
    }
}
