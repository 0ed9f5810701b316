using System.Buffers;
using System.Buffers.Text;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.Folded;

/// <summary>
/// <see cref="FoldedText"/> where the format is not known. It has no mark of its own: what is text, and whose first lines all end in a
/// number, is taken for it, so it has to be asked last.
/// </summary>
internal sealed class FoldedFormat : IInputFormat
{
    private const int LinesLookedAt = 20;

    private static readonly SearchValues<byte> Binary = SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x14, 0x15, 0x16]);

    public bool Recognizes(ReadOnlySpan<byte> head)
    {
        if (head.ContainsAny(Binary))
            return false;

        int samples = 0;
        for (int end = head.IndexOf((byte)'\n'); end >= 0 && samples < LinesLookedAt; end = head.IndexOf((byte)'\n'))
        {
            ReadOnlySpan<byte> line = head[..end].TrimEnd("\r "u8);
            head = head[(end + 1)..];
            if (line.IsEmpty || line[0] == '#')
                continue;

            if (!EndsInNumber(line))
                return false;

            samples++;
        }

        // The only line may go on behind the head.
        return samples > 0 || EndsInNumber(head.TrimEnd("\r "u8)) || head.Contains((byte)';');
    }

    public Profile Read(BoundedInput input, ProfileLimits limits) => FoldedText.Parse(input, limits);

    private static bool EndsInNumber(ReadOnlySpan<byte> line)
    {
        int space = line.LastIndexOf((byte)' ');
        ReadOnlySpan<byte> number = line[(space + 1)..];
        return space > 0 && Utf8Parser.TryParse(number, out long _, out int digits) && digits == number.Length;
    }
}
