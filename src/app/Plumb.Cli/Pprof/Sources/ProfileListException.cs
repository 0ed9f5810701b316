namespace Plumb.Cli.Pprof.Sources;

/// <summary>A URL names a service and none of its profiles.</summary>
internal sealed class ProfileListException(ProfileIndex index) : Exception($"{index.Folder} has these profiles; name one of them:\n{index}")
{
    public ProfileIndex Index { get; } = index;
}
