namespace Plumb.Profiles;

/// <summary>One sample: a stack, its values and its labels. A view; costs nothing to make.</summary>
public readonly struct Sample
{
    private readonly Profile _profile;

    internal Sample(Profile profile, int index)
    {
        _profile = profile;
        Index = index;
    }

    public int Index { get; }

    public StackId StackId => _profile.Samples.Stacks[Index];

    public LabelSetId LabelSetId => _profile.Samples.LabelSets[Index];

    /// <summary>One value for each sample type, in that order.</summary>
    public ReadOnlySpan<long> Values => _profile.Samples.Values(Index);

    /// <summary>The stack, leaf first.</summary>
    public ReadOnlySpan<LocationId> Stack => _profile.Stacks[StackId];

    public ReadOnlySpan<Label> Labels => _profile.LabelSets[LabelSetId];
}
