using Plumb.Profiles.Input;

namespace Plumb.Profiles.LegacyText;

/// <summary>Reads machine words of the profiled machine's width and byte order.</summary>
internal sealed class WordReader(Stream source, WordLayout layout)
{
    private readonly byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    /// <summary>Bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads a word; false at the end of the input.</summary>
    /// <exception cref="ProfileFormatException">The input ends within a word.</exception>
    public bool TryRead(out ulong word)
    {
        word = 0;
        if (_end - _start < layout.Bytes && !Fill())
            return false;

        word = layout.Read(_buffer.AsSpan(_start));
        _start += layout.Bytes;
        Offset += layout.Bytes;
        return true;
    }

    public ulong Read() => TryRead(out ulong word) ? word : throw new ProfileFormatException("expected a word, found the end of the input", Offset);

    /// <summary>What follows the words.</summary>
    public Stream Rest() => new PrefixedStream(_buffer.AsMemory(_start.._end), source);

    private bool Fill()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        _end += source.ReadAtLeast(_buffer.AsSpan(_end), layout.Bytes - _end, throwOnEndOfStream: false);
        if (_end == 0)
            return false;

        if (_end < layout.Bytes)
            throw new ProfileFormatException("the input ends within a word", Offset);

        return true;
    }
}
