namespace Plumb.Profiles.Filtering;

/// <summary>
/// A profile with filters over it: which samples count, and which part of each stack and location is seen. Masks and ranges beside the
/// profile; the profile itself is never copied. Immutable and safe for concurrent readers.
/// </summary>
public sealed class ProfileSelection
{
    private readonly Line[]? _lines;
    private readonly int[]? _lineStarts;
    private readonly bool[]? _hiddenLocations;
    private readonly int[]? _stackStarts;
    private readonly int[]? _stackEnds;
    private readonly bool[]? _droppedStacks;
    private readonly bool[]? _droppedLabelSets;
    private readonly bool[]? _hiddenKeys;

    private ProfileSelection(Profile profile) => Profile = profile;

    internal ProfileSelection(SelectionEditor edited)
    {
        Profile = edited.Profile;
        _lines = edited.Lines;
        _lineStarts = edited.LineStarts;
        _hiddenLocations = edited.HiddenLocations;
        _stackStarts = edited.StackStarts;
        _stackEnds = edited.StackEnds;
        _droppedStacks = edited.DroppedStacks;
        _droppedLabelSets = edited.DroppedLabelSets;
        _hiddenKeys = edited.HiddenKeys;
    }

    public Profile Profile { get; }

    /// <summary>Whether no filter touches samples, stacks or locations.</summary>
    public bool IsWhole => _lines is null && _hiddenLocations is null && _stackStarts is null && _droppedStacks is null && _droppedLabelSets is null;

    /// <summary>Whether stacks may contain locations for which <see cref="IsHidden"/> holds.</summary>
    public bool HidesLocations => _hiddenLocations is not null;

    /// <summary>Whether every sample counts.</summary>
    public bool KeepsAllSamples => _droppedStacks is null && _droppedLabelSets is null;

    public static ProfileSelection All(Profile profile) => new(profile);

    /// <summary>The lines of a location that are seen, innermost inlined call first.</summary>
    public ReadOnlySpan<Line> Lines(LocationId id) =>
        _lines is null
            ? Profile.Locations.Lines(id)
            : _lines.AsSpan(_lineStarts![id.Index].._lineStarts[id.Index + 1]);

    /// <summary>Whether stacks read as if the location were not on them.</summary>
    public bool IsHidden(LocationId id) => _hiddenLocations is not null && _hiddenLocations[id.Index];

    /// <summary>The part of a stack that is seen, leaf first. It may hold hidden locations, which are to be skipped.</summary>
    public ReadOnlySpan<LocationId> Stack(StackId id) =>
        _stackStarts is null
            ? Profile.Stacks[id]
            : Profile.Stacks.Entries[_stackStarts[id.Index].._stackEnds![id.Index]];

    /// <summary>Where that part is in <see cref="StackTable.Entries"/>: its start, and the place after its end.</summary>
    public (int Start, int End) Range(StackId id) =>
        _stackStarts is null
            ? (Profile.Stacks.Starts[id.Index], Profile.Stacks.Starts[id.Index + 1])
            : (_stackStarts[id.Index], _stackEnds![id.Index]);

    public bool Keeps(int sample) => Keeps(Profile.Samples.Stacks[sample]) && Keeps(Profile.Samples.LabelSets[sample]);

    public bool Keeps(StackId id) => _droppedStacks is null || !_droppedStacks[id.Index];

    public bool Keeps(LabelSetId id) => _droppedLabelSets is null || !_droppedLabelSets[id.Index];

    /// <summary>Whether labels with this key are shown.</summary>
    public bool ShowsKey(StringId key) => _hiddenKeys is null || !_hiddenKeys[key.Index];

    /// <summary>A profile of its own with what is seen, for writing it out. Locations keep their order.</summary>
    public Profile ToProfile() => IsWhole && _hiddenKeys is null ? Profile : new SelectionCopy(this).Build();

    internal SelectionEditor Edit() => new(Profile)
    {
        Lines = _lines,
        LineStarts = _lineStarts,
        HiddenLocations = (bool[]?)_hiddenLocations?.Clone(),
        StackStarts = (int[]?)_stackStarts?.Clone(),
        StackEnds = (int[]?)_stackEnds?.Clone(),
        DroppedStacks = (bool[]?)_droppedStacks?.Clone(),
        DroppedLabelSets = (bool[]?)_droppedLabelSets?.Clone(),
        HiddenKeys = (bool[]?)_hiddenKeys?.Clone(),
    };
}
