namespace Plumb.Profiles.Merging;

/// <summary>How one profile goes into a merge.</summary>
public sealed record MergeSource
{
    public static MergeSource Plain { get; } = new();

    /// <summary>Factor for each of the source's sample types; null means 1 for all. Results are rounded half away from zero.</summary>
    public IReadOnlyList<double>? Ratios { get; init; }

    /// <summary>A text label that each sample gets, so that its origin stays known; null for none.</summary>
    public (string Key, string Text)? Label { get; init; }

    /// <summary>The source with its sign turned, to subtract it.</summary>
    /// <param name="sampleTypes">How many the source has.</param>
    public static MergeSource Negated(int sampleTypes) => new() { Ratios = [.. Enumerable.Repeat(-1.0, sampleTypes)] };
}
