using System.Globalization;
using Plumb.Profiles;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Handles;

/// <summary>A profile of counts. Its places are what is held, leaf first: the thing itself, what tells it from others of its kind, the kind.</summary>
internal sealed class HandleProfile
{
    private readonly ProfileBuilder _profile;
    private readonly StringId _state;
    private readonly Dictionary<(StackId, LabelSetId), int> _rows = [];
    private readonly List<string> _comments = [];

    public HandleProfile(DateTimeOffset now)
    {
        _profile = new ProfileBuilder(new ProfileHeader
        {
            SampleTypes = [new SampleType("handles", "count")],
            TimeNanos = now.ToUnixTimeMilliseconds() * 1_000_000,
        });
        _state = _profile.String("state");
    }

    /// <param name="state">Empty for none.</param>
    public void Add(ReadOnlySpan<string> places, string state = "", long count = 1)
    {
        var stack = new LocationId[places.Length];
        for (int i = 0; i < stack.Length; i++)
            stack[i] = Place(places[i]);
        Add(stack, state, count);
    }

    /// <param name="method">The leaf: a method with its file and line, where they are known.</param>
    public void Add(in HandleMethod method, FrameNamer names, ReadOnlySpan<string> places)
    {
        var stack = new LocationId[places.Length + 1];
        stack[0] = method.Token == 0 ? Place(method.Name) : names.Location(_profile, method.Module, method.Token, ilOffset: -1, 0, method.Name);
        for (int i = 0; i < places.Length; i++)
            stack[i + 1] = Place(places[i]);
        Add(stack, "", 1);
    }

    public void Say(FormattableString comment) => _comments.Add(comment.ToString(CultureInfo.InvariantCulture));

    public Profile Build()
    {
        _profile.Header = _profile.Header with { Comments = [.. _comments] };
        return _profile.Build();
    }

    private LocationId Place(string name) => _profile.Location(_profile.Function(name));

    private void Add(ReadOnlySpan<LocationId> places, string state, long count)
    {
        StackId stack = _profile.Stack(places);
        LabelSetId labels = state.Length > 0 ? _profile.LabelSet(Label.OfText(_state, _profile.String(state))) : default;
        if (_rows.TryGetValue((stack, labels), out int row))
            _profile.Values(row)[0] += count;
        else
            _rows[(stack, labels)] = _profile.AddSample(stack, [count], labels);
    }
}
