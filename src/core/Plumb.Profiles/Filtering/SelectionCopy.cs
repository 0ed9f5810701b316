using Plumb.Profiles.Building;

namespace Plumb.Profiles.Filtering;

/// <summary>Copies what a selection sees into a profile of its own.</summary>
internal sealed class SelectionCopy
{
    private readonly ProfileSelection _selection;
    private readonly Profile _source;
    private readonly ProfileBuilder _target;
    private readonly LocationId[] _locations;
    private Column<LocationId> _stack = new(64);

    public SelectionCopy(ProfileSelection selection)
    {
        _selection = selection;
        _source = selection.Profile;
        _target = new ProfileBuilder(_source.Header);
        _locations = new LocationId[_source.Locations.Count];
    }

    public Profile Build()
    {
        foreach (Mapping mapping in _source.Mappings.Rows)
            _target.Mapping(mapping);

        for (int i = 0; i < _locations.Length; i++)
            _locations[i] = Location(new LocationId(i));

        for (int i = 0; i < _source.Samples.Count; i++)
        {
            if (_selection.Keeps(i))
                _target.AddSample(Stack(_source.Samples.Stacks[i]), _source.Samples.Values(i), Labels(_source.Samples.LabelSets[i]));
        }

        return _target.Build();
    }

    private LocationId Location(LocationId id)
    {
        Location location = _source.Locations[id];
        ReadOnlySpan<Line> seen = _selection.Lines(id);
        var lines = new Line[seen.Length];
        for (int i = 0; i < lines.Length; i++)
            lines[i] = seen[i] with { Function = Function(seen[i].Function) };

        return _target.Location(location.Address, location.Mapping, lines, location.IsFolded);
    }

    private FunctionId Function(FunctionId id)
    {
        FunctionRow row = _source.Functions[id];
        return _target.Function(new FunctionRow(Text(row.Name), Text(row.SystemName), Text(row.File), row.StartLine));
    }

    private StackId Stack(StackId id)
    {
        _stack.Clear();
        foreach (LocationId location in _selection.Stack(id))
        {
            if (!_selection.IsHidden(location))
                _stack.Add(_locations[location.Index]);
        }

        return _target.Stack(_stack.Span);
    }

    private LabelSetId Labels(LabelSetId id)
    {
        var labels = new List<Label>();
        foreach (Label label in _source.LabelSets[id])
        {
            if (_selection.ShowsKey(label.Key))
                labels.Add(new Label(Text(label.Key), Text(label.Text), label.Number, Text(label.Unit)));
        }

        return _target.LabelSet([.. labels]);
    }

    private StringId Text(StringId id) => _target.String(_source.Strings.Utf8(id));
}
