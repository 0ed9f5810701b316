using System.Runtime.InteropServices;

namespace Plumb.Profiles.LegacyText;

/// <summary>Turns a <see cref="GoroutineDump"/> into a profile.</summary>
internal sealed class GoroutineDumpConverter
{
    private readonly ProfileBuilder _builder = new(new ProfileHeader
    {
        SampleTypes = [SampleType.Goroutine],
        PeriodType = SampleType.Goroutine,
        Period = 1,
    });

    private readonly Dictionary<GoroutineTrace, StackId> _stacks = [];
    private readonly Dictionary<(StackId, LabelSetId), int> _samples = [];
    private readonly List<LocationId> _locations = [];
    private readonly List<Line> _lines = [];
    private readonly List<Label> _labels = [];

    public Profile Convert(GoroutineDump dump)
    {
        foreach (Goroutine goroutine in dump.Goroutines)
        {
            StackId stack = Stack(goroutine.Stack);
            LabelSetId labels = Labels(goroutine);
            ref int sample = ref CollectionsMarshal.GetValueRefOrAddDefault(_samples, (stack, labels), out bool known);
            if (known)
                _builder.Values(sample)[0]++;
            else
                sample = _builder.AddSample(stack, [1], labels);
        }

        return _builder.Build();
    }

    private StackId Stack(GoroutineTrace stack)
    {
        ref StackId id = ref CollectionsMarshal.GetValueRefOrAddDefault(_stacks, stack, out bool known);
        if (!known)
            id = NewStack(stack);

        return id;
    }

    private StackId NewStack(GoroutineTrace stack)
    {
        _locations.Clear();
        foreach (GoroutineFrame frame in stack.Frames)
        {
            // Inlined calls belong to the location of the frame that has their code, as in profile.proto.
            _lines.Add(new Line(_builder.Function(frame.Function, frame.File), frame.Line));
            if (!frame.IsInlined)
                CloseLocation();
        }

        CloseLocation();
        return _builder.Stack(CollectionsMarshal.AsSpan(_locations));
    }

    private void CloseLocation()
    {
        if (_lines.Count == 0)
            return;

        _locations.Add(_builder.Location(0, MappingId.None, CollectionsMarshal.AsSpan(_lines)));
        _lines.Clear();
    }

    private LabelSetId Labels(Goroutine goroutine)
    {
        _labels.Clear();
        AddText("state", goroutine.State);
        AddText("created_by", goroutine.CreatedBy?.Function ?? "");
        if (goroutine.WaitMinutes > 0)
            _labels.Add(Label.OfNumber(_builder.String("wait"), goroutine.WaitMinutes, _builder.String("minutes")));

        if (goroutine.IsLockedToThread)
            AddText("locked_to_thread", "true");

        foreach ((string key, string value) in goroutine.Labels)
            AddText(key, value);

        return _builder.LabelSet(CollectionsMarshal.AsSpan(_labels));
    }

    private void AddText(string key, string value) => _labels.Add(Label.OfText(_builder.String(key), _builder.String(value)));
}
