using System.Text;

namespace Plumb.Symbols.Tools;

/// <summary>Takes lines of bounded length from a stream. Bytes that are not UTF-8 read as U+FFFD.</summary>
internal sealed class LineReader(Stream stream, int maxLineBytes)
{
    private byte[] _buffer = new byte[16 << 10];
    private int _start;
    private int _scanned;
    private int _end;
    private bool _ended;

    /// <summary>A line that is here already.</summary>
    public bool TryTake(out string? line)
    {
        int length = _buffer.AsSpan(_scanned.._end).IndexOf((byte)'\n');
        if (length < 0)
        {
            _scanned = _end;
            line = null;
            return false;
        }

        line = Text(_start, _scanned + length);
        _start = _scanned = _scanned + length + 1;
        return true;
    }

    /// <summary>The next line; null at the end.</summary>
    /// <exception cref="SymbolizationException">The line is too long.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        string? line;
        while (!TryTake(out line))
        {
            if (_ended)
                return TakeRest();

            MakeRoom();
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _ended = read == 0;
            _end += read;
        }

        return line;
    }

    private string? TakeRest()
    {
        if (_start == _end)
            return null;

        string rest = Text(_start, _end);
        _start = _scanned = _end;
        return rest;
    }

    private string Text(int start, int end) =>
        Encoding.UTF8.GetString(_buffer.AsSpan(start..(end > start && _buffer[end - 1] == '\r' ? end - 1 : end)));

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _scanned -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
            return;

        if (_buffer.Length >= maxLineBytes)
            throw new SymbolizationException($"a tool printed a line of more than {maxLineBytes} bytes");

        Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, maxLineBytes));
    }
}
