using Plumb.Profiles.Input;
using Plumb.Profiles.Proto;

namespace Plumb.Profiles;

/// <summary>
/// Reads profiles that may well carry the same functions, locations and texts: those of one program. Tables that are the same byte for byte
/// as those of the profile before are decoded once and shared. What comes out is what <see cref="ProfileReader"/> gives. Safe for concurrent use.
/// </summary>
public sealed class RelatedProfiles(ProfileLimits? limits = null)
{
    private readonly ProfileLimits _limits = limits ?? ProfileLimits.Default;
    private readonly Lock _lock = new();

    /// <summary>The tables read last; null before the first ones.</summary>
    internal TableImage? Latest { get; private set; }

    /// <summary>How much the samples read last took up: the next ones will be about as many.</summary>
    internal SampleCounts LatestCounts { get; private set; } = SampleCounts.None;

    /// <inheritdoc cref="ProfileReader.Read(Stream, ProfileLimits?)"/>
    public Profile Read(Stream source)
    {
        using BoundedInput input = BoundedInput.Open(source, _limits);
        return ProfileReader.Read(input, _limits, this);
    }

    internal void Note(SampleCounts counts)
    {
        lock (_lock)
            LatestCounts = counts;
    }

    /// <summary>Remembers tables for the next profile; gives those that another reader was first to remember, when they are the same.</summary>
    internal TableImage Keep(TableImage image)
    {
        lock (_lock)
        {
            if (Latest is null || !Latest.Equals(image))
                Latest = image;

            return Latest;
        }
    }
}
