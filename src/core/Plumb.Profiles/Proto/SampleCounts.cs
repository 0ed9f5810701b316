namespace Plumb.Profiles.Proto;

/// <summary>How much the samples of a profile take up.</summary>
/// <param name="StackEntries">Locations of all distinct stacks together.</param>
/// <param name="Values">Values of all samples together.</param>
internal sealed record SampleCounts(int Samples, int Stacks, int StackEntries, int Values)
{
    public static SampleCounts None { get; } = new(0, 0, 0, 0);
}
