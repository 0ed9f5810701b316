using Plumb.Profiles.Building;

namespace Plumb.Profiles.Folded;

/// <summary>The five escapes of <see cref="FoldedText"/>.</summary>
internal static class FoldedEscape
{
    /// <summary>The frame's name as it was before it was escaped; <paramref name="scratch"/> holds it if it had to be changed.</summary>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> frame, ref Column<byte> scratch)
    {
        if (!frame.Contains((byte)'%'))
            return frame;

        scratch.Clear();
        for (int i = 0; i < frame.Length; i++)
        {
            byte escaped = frame[i] == '%' ? Escaped(frame[i..]) : (byte)0;
            scratch.Add(escaped == 0 ? frame[i] : escaped);
            if (escaped != 0)
                i += 2;
        }

        return scratch.Span;
    }

    public static void Encode(ReadOnlySpan<byte> name, bool beginsLine, ref Column<byte> target)
    {
        for (int i = 0; i < name.Length; i++)
        {
            byte b = name[i];
            bool mustEscape = b is (byte)';' or (byte)'\n' or (byte)'\r' || (b == '#' && beginsLine && i == 0) || (b == '%' && Escaped(name[i..]) != 0);
            if (mustEscape)
                target.Add(Escape(b));
            else
                target.Add(b);
        }
    }

    private static ReadOnlySpan<byte> Escape(byte b) => b switch
    {
        (byte)';' => "%3B"u8,
        (byte)'\n' => "%0A"u8,
        (byte)'\r' => "%0D"u8,
        (byte)'#' => "%23"u8,
        _ => "%25"u8,
    };

    /// <summary>The byte that an escape at the start of the text stands for, or 0.</summary>
    private static byte Escaped(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3)
            return 0;

        return (text[1], text[2]) switch
        {
            ((byte)'3', (byte)'B') => (byte)';',
            ((byte)'0', (byte)'A') => (byte)'\n',
            ((byte)'0', (byte)'D') => (byte)'\r',
            ((byte)'2', (byte)'3') => (byte)'#',
            ((byte)'2', (byte)'5') => (byte)'%',
            _ => 0,
        };
    }
}
