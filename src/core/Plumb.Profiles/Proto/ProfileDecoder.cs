using Plumb.Profiles.Input;

namespace Plumb.Profiles.Proto;

/// <summary>
/// Reads profile.proto, gzip or raw, straight from the bytes into the columns of a <see cref="Profile"/>. Lossless: what the format can
/// say comes out of <see cref="ProfileEncoder"/> again, but for the ids on the wire, which mean nothing, entries listed twice, labels
/// without a value, and fields that the format does not have.
/// </summary>
public static class ProfileDecoder
{
    /// <exception cref="ProfileFormatException">Not a profile, damaged, or over a limit.</exception>
    public static Profile Decode(ReadOnlyMemory<byte> bytes, ProfileLimits? limits = null)
    {
        limits ??= ProfileLimits.Default;
        using var input = BoundedInput.Open(bytes, limits);
        return Decode(input, limits);
    }

    /// <param name="source">Read from where it stands to its end, and closed.</param>
    /// <param name="limits">What is accepted; <see cref="ProfileLimits.Default"/> when null.</param>
    /// <exception cref="ProfileFormatException">Not a profile, damaged, or over a limit.</exception>
    public static Profile Decode(Stream source, ProfileLimits? limits = null)
    {
        limits ??= ProfileLimits.Default;
        if (source is BoundedInput bounded)
            return new MessageDecoder(limits).Decode(bounded);

        using var input = BoundedInput.Open(source, limits);
        return new MessageDecoder(limits).Decode(input);
    }
}
