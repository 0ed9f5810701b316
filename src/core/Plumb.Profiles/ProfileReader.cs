using Plumb.Profiles.Input;
using Plumb.Profiles.Proto;

namespace Plumb.Profiles;

/// <summary>
/// Reads a profile in any format that is known: profile.proto; the texts of Go (<c>debug=1</c> and <c>debug=2</c>); the heap, growth,
/// fragmentation, contention, thread and binary CPU profiles of gperftools and of Java agents; speedscope's JSON; <c>perf script</c>; folded
/// stacks. The format is told by the first bytes, plain or behind gzip; names of files play no part.
/// </summary>
public static class ProfileReader
{
    private const int HeadBytes = 64 << 10;

    /// <exception cref="ProfileFormatException">Of no known format, damaged, or over a limit.</exception>
    public static Profile Read(ReadOnlyMemory<byte> bytes, ProfileLimits? limits = null)
    {
        limits ??= ProfileLimits.Default;
        using var input = BoundedInput.Open(bytes, limits);
        return Read(input, limits);
    }

    /// <param name="source">Read from where it stands to its end, and closed.</param>
    /// <param name="limits">What is accepted; <see cref="ProfileLimits.Default"/> when null.</param>
    /// <exception cref="ProfileFormatException">Of no known format, damaged, or over a limit.</exception>
    public static Profile Read(Stream source, ProfileLimits? limits = null)
    {
        limits ??= ProfileLimits.Default;
        using BoundedInput input = source as BoundedInput ?? BoundedInput.Open(source, limits);
        return Read(input, limits);
    }

    internal static Profile Read(BoundedInput input, ProfileLimits limits, RelatedProfiles? related = null)
    {
        ReadOnlySpan<byte> head = input.Peek(HeadBytes).Span;
        if (BeginsWithSampleType(head))
            return new MessageDecoder(limits, related).Decode(input);

        foreach (IInputFormat format in InputFormats.All)
        {
            if (format.Recognizes(head))
                return format.Read(input, limits);
        }

        return new MessageDecoder(limits, related).Decode(input);
    }

    // Nearly every profile that there is: field 1, a short message whose own first field is a number. It spares those the questions of all other
    // formats, none of which has a backspace for its third byte.
    private static bool BeginsWithSampleType(ReadOnlySpan<byte> head) => head is [0x0A, < 0x20, 0x08, ..];
}
