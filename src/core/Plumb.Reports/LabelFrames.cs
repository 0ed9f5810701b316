using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Measurements;
using Plumb.Reports.Options;

namespace Plumb.Reports;

/// <summary>
/// Puts labels on the stacks as frames, so that a profile can be split by them (tagroot and tagleaf). A frame's function is the label's
/// values joined by commas, its file the key; samples without the label get a frame without a name, so that all stacks stay comparable.
/// </summary>
internal sealed class LabelFrames
{
    private readonly ProfileSelection _selection;
    private readonly Profile _source;
    private readonly ProfileBuilder _target;
    private readonly string _unit;

    private LabelFrames(ProfileSelection selection, string unit)
    {
        // What is hidden so far must be gone for good: the stacks are written anew.
        _source = selection.ToProfile();
        _selection = ProfileSelection.All(_source);
        _target = new ProfileBuilder(_source.Header);
        _unit = unit;
    }

    public static ProfileSelection Add(ProfileSelection selection, ReportOptions options, List<string> notes)
    {
        string[] roots = Keys(options.TagRoot), leaves = Keys(options.TagLeaf);
        if (roots.Length + leaves.Length == 0)
            return selection;

        Profile added = new LabelFrames(selection, options.Unit).Build(roots, leaves, out bool rootHit, out bool leafHit);
        if (options.TagRoot.Length > 0 && !rootHit)
            notes.Add("TagRoot expression matched no samples");

        if (options.TagLeaf.Length > 0 && !leafHit)
            notes.Add("TagLeaf expression matched no samples");

        return ProfileSelection.All(added);
    }

    private static string[] Keys(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private Profile Build(string[] roots, string[] leaves, out bool rootHit, out bool leafHit)
    {
        rootHit = leafHit = false;
        var copy = new RowCopy(_source, _target);
        var stacks = new Dictionary<(StackId, LabelSetId), StackId>();
        var buffer = new List<LocationId>();
        for (int i = 0; i < _source.Samples.Count; i++)
        {
            StackId stack = _source.Samples.Stacks[i];
            LabelSetId labels = _source.Samples.LabelSets[i];
            if (!stacks.TryGetValue((stack, labels), out StackId extended))
            {
                buffer.Clear();
                leafHit |= AddFrames(labels, leaves, buffer);
                foreach (LocationId location in _selection.Stack(stack))
                    buffer.Add(copy.Location(location));

                rootHit |= AddFrames(labels, roots, buffer);
                extended = _target.Stack([.. buffer]);
                stacks.Add((stack, labels), extended);
            }

            _target.AddSample(extended, _source.Samples.Values(i), copy.LabelSet(labels));
        }

        return _target.Build();
    }

    // The first key is nearest to the root, the last one nearest to the leaf; stacks are leaf first.
    private bool AddFrames(LabelSetId labels, string[] keys, List<LocationId> stack)
    {
        bool hit = false;
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            string values = string.Join(',', Values(labels, keys[i]));
            hit |= HasKey(labels, keys[i]);
            stack.Add(_target.Location(_target.Function(values, keys[i], systemName: "")));
        }

        return hit;
    }

    private IEnumerable<string> Values(LabelSetId labels, string key)
    {
        bool hasUnits = false;
        var numbers = new List<Label>();
        var texts = new List<string>();
        foreach (Label label in _source.LabelSets[labels])
        {
            if (_source.Strings[label.Key] != key)
                continue;

            hasUnits |= label.Unit != default;
            if (label.IsNumber)
                numbers.Add(label);
            else
                texts.Add(_source.Strings[label.Text]);
        }

        return texts.Concat(numbers.Select(label => hasUnits
            ? Measurement.Format(label.Number, _source.Strings[label.Unit], _unit)
            : Measurement.Format(label.Number, "", "")));
    }

    private bool HasKey(LabelSetId labels, string key)
    {
        foreach (Label label in _source.LabelSets[labels])
        {
            if (_source.Strings[label.Key] == key)
                return true;
        }

        return false;
    }

    /// <summary>Copies rows of one profile into the builder of another, ids kept where the order allows.</summary>
    private sealed class RowCopy
    {
        private readonly Profile _source;
        private readonly ProfileBuilder _target;
        private readonly LocationId[] _locations;
        private readonly LabelSetId?[] _labelSets;

        public RowCopy(Profile source, ProfileBuilder target)
        {
            _source = source;
            _target = target;
            foreach (Mapping mapping in source.Mappings.Rows)
                target.Mapping(mapping);

            _locations = new LocationId[source.Locations.Count];
            for (int i = 0; i < _locations.Length; i++)
                _locations[i] = Copy(source.Locations[new LocationId(i)]);

            _labelSets = new LabelSetId?[source.LabelSets.Count];
        }

        public LocationId Location(LocationId id) => _locations[id.Index];

        public LabelSetId LabelSet(LabelSetId id) => _labelSets[id.Index] ??= Copy(_source.LabelSets[id]);

        private LocationId Copy(Location location)
        {
            var lines = new Line[location.Lines.Length];
            for (int i = 0; i < lines.Length; i++)
                lines[i] = location.Lines[i] with { Function = Copy(_source.Functions[location.Lines[i].Function]) };

            return _target.Location(location.Address, location.Mapping, lines, location.IsFolded);
        }

        private FunctionId Copy(FunctionRow row) =>
            _target.Function(new FunctionRow(Text(row.Name), Text(row.SystemName), Text(row.File), row.StartLine));

        private LabelSetId Copy(ReadOnlySpan<Label> labels)
        {
            var copies = new Label[labels.Length];
            for (int i = 0; i < copies.Length; i++)
                copies[i] = new Label(Text(labels[i].Key), Text(labels[i].Text), labels[i].Number, Text(labels[i].Unit));

            return _target.LabelSet(copies);
        }

        private StringId Text(StringId id) => _target.String(_source.Strings.Utf8(id));
    }
}
