namespace Plumb.Profiles.Merging;

/// <summary>Leads the stacks and label sets of one source to rows of the merged profile, each looked up once.</summary>
internal sealed class SourceRows
{
    private const int Unknown = -1;

    private readonly Profile _source;
    private readonly TableRows _tables;
    private readonly ProfileBuilder _target;
    private readonly Label? _added;

    private readonly int[] _stacks;
    private readonly int[] _labelSets;

    private LocationId[] _stack = new LocationId[64];

    public SourceRows(Profile source, TableRows tables, ProfileBuilder target, (string Key, string Text)? added)
    {
        _source = source;
        _tables = tables;
        _target = target;
        _added = added is { } label ? Plumb.Profiles.Label.OfText(target.String(label.Key), target.String(label.Text)) : null;
        _stacks = TableRows.Unmapped(source.Stacks.Count);
        _labelSets = TableRows.Unmapped(source.LabelSets.Count);
    }

    public StackId Stack(StackId id)
    {
        ref int row = ref _stacks[id.Index];
        if (row != Unknown)
            return new StackId(row);

        ReadOnlySpan<LocationId> stack = _source.Stacks[id];
        if (_stack.Length < stack.Length)
            _stack = new LocationId[stack.Length];

        _tables.Locations(stack, _stack);
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
            mapped.Add(new Label(_tables.String(label.Key), _tables.String(label.Text), label.Number, _tables.String(label.Unit)));

        if (_added is { } added)
        {
            mapped.RemoveAll(label => label.Key == added.Key && !label.IsNumber);
            mapped.Add(added);
        }

        row = _target.LabelSet([.. mapped]).Index;
        return new LabelSetId(row);
    }
}
