using System.Buffers.Text;
using System.Text;

namespace Plumb.Collectors.Loading.Connections;

/// <summary>What the head of an answer says about where its body ends, and about the connection.</summary>
internal ref struct HeadFacts
{
    public const int Close = 1;
    public const int KeepAlive = 2;

    public bool IsMalformed { get; private set; }

    public bool IsChunked { get; private set; }

    public long? Length { get; private set; }

    /// <summary><see cref="Close"/>, <see cref="KeepAlive"/>, or 0 when nothing is said.</summary>
    public int Connection { get; private set; }

    /// <param name="lines">Header lines, each with its CR LF.</param>
    public static HeadFacts Read(ReadOnlySpan<byte> lines)
    {
        var facts = default(HeadFacts);
        while (lines.Length > 0 && !facts.IsMalformed)
        {
            int end = lines.IndexOf("\r\n"u8);
            facts.Add(lines[..end]);
            lines = lines[(end + 2)..];
        }

        return facts;
    }

    private void Add(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            IsMalformed = true;
            return;
        }

        ReadOnlySpan<byte> name = line[..colon];
        switch (name.Length)
        {
            case 14 when Ascii.EqualsIgnoreCase(name, "content-length"u8):
                AddLength(line[(colon + 1)..].Trim((byte)' '));
                break;
            case 17 when Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8):
                IsChunked = EndsWithToken(line[(colon + 1)..], "chunked"u8);
                IsMalformed |= !IsChunked;
                break;
            case 10 when Ascii.EqualsIgnoreCase(name, "connection"u8):
                Connection = EndsWithToken(line[(colon + 1)..], "close"u8) ? Close
                    : EndsWithToken(line[(colon + 1)..], "keep-alive"u8) ? KeepAlive : Connection;
                break;
        }
    }

    // Two lengths that differ are how requests are smuggled; neither is believed.
    private void AddLength(ReadOnlySpan<byte> value)
    {
        bool isNumber = value.Length > 0
            && char.IsAsciiDigit((char)value[0])
            && Utf8Parser.TryParse(value, out long length, out int used)
            && used == value.Length
            && length == (Length ?? length)
            && (Length = length) >= 0;
        IsMalformed |= !isNumber;
    }

    private static bool EndsWithToken(ReadOnlySpan<byte> value, ReadOnlySpan<byte> token)
    {
        ReadOnlySpan<byte> trimmed = value.Trim(" \t"u8);
        return trimmed.Length >= token.Length && Ascii.EqualsIgnoreCase(trimmed[^token.Length..], token);
    }
}
