namespace Plumb.Web.Shelf;

/// <summary>What a request is about.</summary>
/// <param name="Profile">The profile that is shown.</param>
/// <param name="Base">What it is compared with; -1 for nothing.</param>
internal readonly record struct ProfilePair(int Profile, int Base)
{
    public const int Nothing = -1;

    public bool IsComparison => Base != Nothing;
}
