using System.Text;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>The lines of a text of any length, none of them longer than a bound: a log may be one endless line.</summary>
internal sealed class BoundedLines
{
    private readonly TextReader _reader;
    private readonly int _maxLength;
    private readonly char[] _buffer = new char[16 << 10];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _end;

    public BoundedLines(TextReader reader, int maxLength)
    {
        _reader = reader;
        _maxLength = maxLength;
    }

    /// <summary>Characters read so far.</summary>
    public long Read { get; private set; }

    /// <summary>The next line, cut at the bound; null at the end.</summary>
    /// <param name="isWhole">False when it was cut.</param>
    public string? Next(out bool isWhole)
    {
        _line.Clear();
        isWhole = true;
        bool any = false;
        while (_at < _end || Fill())
        {
            any = true;
            ReadOnlySpan<char> rest = _buffer.AsSpan(_at, _end - _at);
            int end = rest.IndexOf('\n');
            ReadOnlySpan<char> part = end < 0 ? rest : rest[..end];
            int space = Math.Min(part.Length, _maxLength - _line.Length);
            isWhole &= space == part.Length;
            _line.Append(part[..space]);
            _at += end < 0 ? part.Length : end + 1;
            if (end >= 0)
            {
                break;
            }
        }

        return any ? _line.ToString().TrimEnd('\r') : null;
    }

    private bool Fill()
    {
        _at = 0;
        _end = _reader.Read(_buffer, 0, _buffer.Length);
        Read += _end;
        return _end > 0;
    }
}
