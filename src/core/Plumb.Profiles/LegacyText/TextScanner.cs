using System.Buffers.Text;

namespace Plumb.Profiles.LegacyText;

/// <summary>Takes a line apart from left to right. A step that fails leaves the position where it was.</summary>
internal ref struct TextScanner(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool AtEnd => _rest.IsEmpty;

    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\v' or (byte)'\f';

    public void SkipSpaces()
    {
        int spaces = 0;
        while (spaces < _rest.Length && IsSpace(_rest[spaces]))
            spaces++;

        _rest = _rest[spaces..];
    }

    public bool TryTake(ReadOnlySpan<byte> text)
    {
        if (!_rest.StartsWith(text))
            return false;

        _rest = _rest[text.Length..];
        return true;
    }

    /// <summary>Takes decimal digits and a sign before them.</summary>
    public bool TryTakeNumber(out long number)
    {
        if (!Utf8Parser.TryParse(_rest, out number, out int digits))
            return false;

        _rest = _rest[digits..];
        return true;
    }

    /// <summary>Takes <c>0x</c> and hexadecimal digits; false also when they do not fit 64 bits.</summary>
    public bool TryTakeHex(out ulong number)
    {
        number = 0;
        if (!_rest.StartsWith("0x"u8) || !Utf8Parser.TryParse(_rest[2..], out number, out int digits, 'x'))
            return false;

        _rest = _rest[(2 + digits)..];
        return true;
    }

    /// <summary>Takes as many hexadecimal digits as there are.</summary>
    public ReadOnlySpan<byte> TakeHexDigits()
    {
        int length = 0;
        while (length < _rest.Length && char.IsAsciiHexDigit((char)_rest[length]))
            length++;

        ReadOnlySpan<byte> digits = _rest[..length];
        _rest = _rest[length..];
        return digits;
    }

    /// <summary>Takes everything up to a space or the end.</summary>
    public ReadOnlySpan<byte> TakeWord()
    {
        int length = 0;
        while (length < _rest.Length && !IsSpace(_rest[length]))
            length++;

        ReadOnlySpan<byte> word = _rest[..length];
        _rest = _rest[length..];
        return word;
    }
}
