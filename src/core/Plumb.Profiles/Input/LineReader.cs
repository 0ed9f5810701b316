using System.Buffers;

namespace Plumb.Profiles.Input;

/// <summary>
/// Reads the lines of a stream as UTF-8 bytes, one at a time; only the line at hand is in memory. A line ends with LF or CR LF, the
/// last one also with the input.
/// </summary>
internal sealed class LineReader(Stream source, int maxLineBytes) : IDisposable
{
    private const int InitialBytes = 64 << 10;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;
    private bool _sourceEnded;

    /// <summary>The current line without its end, valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>The number of the current line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The last line had no line feed: the writer may have been cut off.</summary>
    public bool EndedInsideLine { get; private set; }

    /// <summary>Moves to the next line; false at the end of the input.</summary>
    public bool Next()
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan((_start + searched).._end).IndexOf((byte)'\n');
            if (length >= 0)
                return Take(searched + length, 1);

            searched = _end - _start;
            if (searched > maxLineBytes)
                throw Fault($"a line is longer than the {maxLineBytes} bytes that are accepted", Number + 1);

            if (_sourceEnded)
                return TakeRest();

            Fill();
        }
    }

    /// <summary>A fault in the current line.</summary>
    public ProfileFormatException Fault(string message) => Fault(message, Number);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private static ProfileFormatException Fault(string message, long line) => ProfileFormatException.AtLine(line, message);

    private bool TakeRest()
    {
        if (_start == _end)
            return false;

        EndedInsideLine = true;
        return Take(_end - _start, 0);
    }

    private bool Take(int length, int endBytes)
    {
        _lineStart = _start;
        _lineLength = length > 0 && _buffer[_start + length - 1] == '\r' ? length - 1 : length;
        _start += length + endBytes;
        Number++;
        return true;
    }

    private void Fill()
    {
        if (_end == _buffer.Length)
            MakeRoom();

        int read = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _sourceEnded = read == 0;
    }

    private void MakeRoom()
    {
        int pending = _end - _start;
        if (pending <= _buffer.Length / 2)
        {
            _buffer.AsSpan(_start, pending).CopyTo(_buffer);
        }
        else
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(_start, pending).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _start = 0;
        _end = pending;
    }
}
