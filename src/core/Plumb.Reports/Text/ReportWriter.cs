using System.Globalization;
using System.Text;
using Plumb.Profiles;

namespace Plumb.Reports.Text;

/// <summary>
/// Writes a report as UTF-8 into a stream, piece by piece: the whole is never in memory. Text that comes from a profile goes through
/// <see cref="WriteProfileText(string)"/>, which makes it harmless when a terminal is at the other end and leaves it untouched otherwise, so that
/// scripts see the true names.
/// </summary>
public sealed class ReportWriter : IDisposable
{
    private readonly Stream _target;
    private readonly byte[] _buffer = new byte[64 << 10];
    private int _count;

    public ReportWriter(Stream target, bool forTerminal = false)
    {
        _target = target;
        ForTerminal = forTerminal;
    }

    /// <summary>Whether a terminal shows the result, which would act on control characters in names.</summary>
    public bool ForTerminal { get; }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > _buffer.Length - _count)
            Flush();

        if (utf8.Length > _buffer.Length)
        {
            _target.Write(utf8);
            return;
        }

        utf8.CopyTo(_buffer.AsSpan(_count));
        _count += utf8.Length;
    }

    public void Write(string text)
    {
        const int BytesPerChar = 3;
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            if (_buffer.Length - _count < BytesPerChar * Math.Min(rest.Length, 1024))
                Flush();

            int take = Math.Min(rest.Length, 1024);
            if (take < rest.Length && char.IsHighSurrogate(rest[take - 1]))
                take--;

            _count += Encoding.UTF8.GetBytes(rest[..take], _buffer.AsSpan(_count));
            rest = rest[take..];
        }
    }

    /// <summary>Writes a text that a profile brought.</summary>
    public void WriteProfileText(string text) => Write(Shown(text));

    /// <inheritdoc cref="WriteProfileText(string)"/>
    public void WriteProfileText(StringTable strings, StringId id)
    {
        if (ForTerminal)
            WriteProfileText(strings[id]);
        else
            Write(strings.Utf8(id));
    }

    /// <summary>A profile's text as it is to be written here.</summary>
    public string Shown(string profileText) => ForTerminal ? TerminalText.Escape(profileText) : profileText;

    public void Write(char ascii)
    {
        if (_count == _buffer.Length)
            Flush();

        _buffer[_count++] = (byte)ascii;
    }

    /// <summary>Right-aligned; the width counts characters.</summary>
    public void WriteRight(string text, int width)
    {
        for (int i = Length(text); i < width; i++)
            Write(' ');

        Write(text);
    }

    /// <summary>Left-aligned; the width counts characters.</summary>
    public void WriteLeft(string text, int width)
    {
        Write(text);
        for (int i = Length(text); i < width; i++)
            Write(' ');
    }

    public void WriteRight(long number, int width) => WriteRight(number.ToString(CultureInfo.InvariantCulture), width);

    public void Write(long number)
    {
        if (_buffer.Length - _count < 20)
            Flush();

        number.TryFormat(_buffer.AsSpan(_count), out int written, default, CultureInfo.InvariantCulture);
        _count += written;
    }

    public void WriteLine(string text = "")
    {
        Write(text);
        Write('\n');
    }

    public void Flush()
    {
        _target.Write(_buffer.AsSpan(0, _count));
        _count = 0;
    }

    public void Dispose()
    {
        Flush();
        _target.Flush();
    }

    private static int Length(string text)
    {
        int length = text.Length;
        foreach (char c in text)
        {
            if (char.IsLowSurrogate(c))
                length--;
        }

        return length;
    }
}
