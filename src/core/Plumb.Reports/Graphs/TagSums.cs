using System.Runtime.InteropServices;
using Plumb.Profiles;
using Plumb.Reports.Measurements;

namespace Plumb.Reports.Graphs;

/// <summary>Sums samples by entry and label. Labels are looked at once for each label set; the loop over samples sees numbers only.</summary>
internal sealed class TagSums
{
    private readonly Report _report;
    private readonly SetTags?[] _sets;
    private readonly Dictionary<(string Text, string Name), int> _ids = [];
    private readonly List<(string Text, NodeTag Tag)> _tags = [];
    private readonly Dictionary<(int Node, int Tag), Sums> _sums = [];

    private TagSums(Report report)
    {
        _report = report;
        _sets = new SetTags?[report.Profile.LabelSets.Count];
        for (int i = 0; i < _sets.Length; i++)
            _sets[i] = TagsOf(new LabelSetId(i));
    }

    /// <summary>The tags of the entries that are shown, by id.</summary>
    public static Dictionary<int, NodeTags> ByEntry(Report report, NodeSource source, bool[]? kept)
    {
        var sums = new TagSums(report);
        var seen = new int[source.Table.Count];
        sums.Add(source, (sample, stack) => sums.AddToEntries(source, kept, sample, stack, seen));
        return sums.Build();
    }

    /// <summary>The tags of all paths of a call tree, by id.</summary>
    public static Dictionary<int, NodeTags> ByPath(Report report, NodeSource source, CallTree tree)
    {
        var sums = new TagSums(report);
        var paths = new List<int>();
        sums.Add(source, (sample, stack) =>
        {
            tree.Walk(source, stack, paths);
            foreach (int path in paths)
                sums.AddSample(path, sample, isFlat: false);

            if (paths.Count > 0)
                sums.AddSample(paths[^1], sample, isFlat: true);
        });
        return sums.Build();
    }

    private void Add(NodeSource source, Action<int, StackId> add)
    {
        if (!_sets.AsSpan().ContainsAnyExcept((SetTags?)null))
            return;

        SampleTable samples = _report.Profile.Samples;
        for (int i = 0; i < samples.Count; i++)
        {
            if (_sets[samples.LabelSets[i].Index] is not null && source.Selection.Keeps(i) && (Value(i) != 0 || Divisor(i) != 0))
                add(i, samples.Stacks[i]);
        }
    }

    private void AddToEntries(NodeSource source, bool[]? kept, int sample, StackId stack, int[] seen)
    {
        bool isLeaf = true;
        foreach (LocationId location in source.Selection.Stack(stack))
        {
            foreach (int node in source.Frames[location])
            {
                bool isKept = kept is null || kept[node];
                if (isLeaf && isKept)
                    AddSample(node, sample, isFlat: true);

                isLeaf = false;
                if (!isKept || seen[node] == sample + 1)
                    continue;

                seen[node] = sample + 1;
                AddSample(node, sample, isFlat: false);
            }
        }
    }

    private void AddSample(int node, int sample, bool isFlat)
    {
        foreach (int tag in _sets[_report.Profile.Samples.LabelSets[sample].Index]!.Ids)
        {
            ref Sums sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, (node, tag), out _);
            if (isFlat)
            {
                sums.Flat += Value(sample);
                sums.FlatDivisor += Divisor(sample);
            }
            else
            {
                sums.Cum += Value(sample);
                sums.CumDivisor += Divisor(sample);
            }
        }
    }

    private Dictionary<int, NodeTags> Build()
    {
        var byNode = new Dictionary<int, NodeTags>();
        foreach (((int node, int id), Sums sums) in _sums)
        {
            if (!byNode.TryGetValue(node, out NodeTags? tags))
                byNode.Add(node, tags = new NodeTags());

            (string text, NodeTag kind) = _tags[id];
            var tag = new NodeTag(kind.Name, kind.Unit, kind.Value)
            {
                Flat = sums.Flat,
                FlatDivisor = sums.FlatDivisor,
                Cum = sums.Cum,
                CumDivisor = sums.CumDivisor,
            };
            if (text.Length > 0 && kind.Unit.Length == 0 && kind.Name == text)
                tags.Texts.Add(tag.Name, tag);
            else if (tags.Numbers.TryGetValue(text, out Dictionary<string, NodeTag>? numbers))
                numbers.Add(tag.Name, tag);
            else
                tags.Numbers.Add(text, new Dictionary<string, NodeTag>(StringComparer.Ordinal) { [tag.Name] = tag });
        }

        return byNode;
    }

    // Of numbers only the sizes of allocations are drawn; others are as good as unique for each sample.
    private SetTags? TagsOf(LabelSetId id)
    {
        StringTable strings = _report.Profile.Strings;
        var texts = new List<string>();
        var numbers = new List<Label>();
        foreach (Label label in _report.Profile.LabelSets[id])
        {
            string key = strings[label.Key];
            if (!_report.Selection.ShowsKey(label.Key) || key == SampleTotal.BaseLabel)
                continue;

            if (!label.IsNumber)
                texts.Add($"{key}:{strings[label.Text]}");
            else if (key == "bytes")
                numbers.Add(label);
        }

        if (texts.Count + numbers.Count == 0)
            return null;

        texts.Sort(StringComparer.Ordinal);
        string text = string.Join("\\n", texts);
        var ids = new List<int>();
        if (text.Length > 0)
            ids.Add(Id(text, text, "", 0));

        foreach (Label label in numbers)
        {
            string unit = _report.LabelUnits[label.Key];
            ids.Add(Id(text, Measurement.Format(label.Number, unit, _report.Options.Unit), unit, label.Number));
        }

        return new SetTags([.. ids]);
    }

    private int Id(string text, string name, string unit, long value)
    {
        ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, (text, unit.Length == 0 ? text : $"#{name}"), out bool known);
        if (!known)
        {
            id = _tags.Count;
            _tags.Add((text, new NodeTag(name, unit, value)));
        }

        return id;
    }

    private long Value(int sample) => _report.Profile.Samples.Values(sample)[_report.Column];

    private long Divisor(int sample) => _report.DivisorColumn < 0 ? 0 : _report.Profile.Samples.Values(sample)[_report.DivisorColumn];

    private sealed record SetTags(int[] Ids);

    private struct Sums
    {
        public long Flat;
        public long FlatDivisor;
        public long Cum;
        public long CumDivisor;
    }
}
