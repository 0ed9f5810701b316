using Plumb.Profiles.Building;
using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>What the lines of the text formats have in common.</summary>
internal static class SampleText
{
    public static bool IsBlankOrComment(ReadOnlySpan<byte> line)
    {
        var scanner = new TextScanner(line);
        scanner.SkipSpaces();
        return scanner.AtEnd || scanner.Rest[0] == '#';
    }

    /// <summary>The first line that is neither blank nor a comment.</summary>
    public static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> head)
    {
        while (!head.IsEmpty)
        {
            ReadOnlySpan<byte> line = TakeLine(ref head);
            if (!IsBlankOrComment(line))
                return line;
        }

        return default;
    }

    public static ReadOnlySpan<byte> TakeLine(scoped ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    /// <summary>Takes <c>0x1 0x2 …</c> to the end of the line.</summary>
    /// <param name="text">Behind the <c>@</c>.</param>
    /// <param name="adjustment">Added to each address; -1 leads from a return address back to its call.</param>
    /// <param name="lines">For the place of a fault.</param>
    /// <param name="addresses">Receives the addresses, leaf first.</param>
    public static void TakeAddresses(TextScanner text, long adjustment, LineReader lines, ref Column<ulong> addresses)
    {
        addresses.Clear();
        text.SkipSpaces();
        while (!text.AtEnd)
        {
            if (!text.TryTakeHex(out ulong address))
                throw lines.Fault("expected an address of at most 64 bits, such as 0x1f00");

            addresses.Add(unchecked(address + (ulong)adjustment));
            text.SkipSpaces();
        }
    }
}
