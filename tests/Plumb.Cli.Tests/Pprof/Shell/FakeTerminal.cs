using System.Globalization;
using System.Text;
using Plumb.Cli.Pprof.Shell.Editing;

namespace Plumb.Cli.Tests.Pprof.Shell;

/// <summary>
/// A terminal of few columns that a script types on. It does what is written to it, so that tests see a screen and not sequences; one that it does
/// not know fails the test.
/// </summary>
internal sealed class FakeTerminal(int width, params IEnumerable<ConsoleKeyInfo[]> bursts) : ITerminal
{
    private const char Filler = '\0';

    private readonly Queue<Queue<ConsoleKeyInfo>> _bursts = new(bursts.Select(burst => new Queue<ConsoleKeyInfo>(burst)));
    private readonly List<StringBuilder> _rows = [new()];
    private int _row;
    private int _column;
    private bool _inBurst;

    public int Width { get; set; } = width;

    /// <summary>How often something was written.</summary>
    public int Writes { get; private set; }

    public bool IsTakingKeys { get; private set; }

    // Keys of one burst come faster than they are read, as pasted text does.
    public bool HasKey => _bursts.TryPeek(out Queue<ConsoleKeyInfo>? burst) && burst.Count > 0 && _inBurst;

    public string Screen => string.Join('\n', _rows.Select(row => row.ToString().Replace($"{Filler}", "", StringComparison.Ordinal).TrimEnd())).TrimEnd('\n');

    public (int Row, int Column) Cursor => (_row, _column);

    /// <summary>One burst for each key: a person types slowly.</summary>
    public static IEnumerable<ConsoleKeyInfo[]> Slowly(IEnumerable<ConsoleKeyInfo> keys) => keys.Select(key => new[] { key });

    public IDisposable TakeKeys()
    {
        IsTakingKeys = true;
        return new Release(this);
    }

    public ConsoleKeyInfo? ReadKey()
    {
        while (_bursts.TryPeek(out Queue<ConsoleKeyInfo>? burst))
        {
            if (burst.TryDequeue(out ConsoleKeyInfo key))
            {
                _inBurst = burst.Count > 0;
                return key;
            }

            _bursts.Dequeue();
        }

        return null;
    }

    public void Write(string text)
    {
        Writes++;
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '\e')
                i = Sequence(text, i + 1);
            else
                i += Put(text, i);
        }
    }

    private int Put(string text, int index)
    {
        switch (text[index])
        {
            case '\r':
                _column = 0;
                return 1;
            case '\n':
                MoveTo(_row + 1);
                return 1;
        }

        Assert.True(Rune.TryGetRuneAt(text, index, out Rune rune) && !Rune.IsControl(rune), $"control character {(int)text[index]:x} on the terminal");
        int cells = TextCells.Of(rune);
        if (_column + cells > Width)
        {
            MoveTo(_row + 1);
            _column = 0;
        }

        StringBuilder row = _rows[_row];
        while (row.Length < _column)
            row.Append(' ');

        // A column each, of which a wide character fills the second with nothing.
        row.Remove(_column, Math.Min(cells, row.Length - _column)).Insert(_column, rune.ToString().PadRight(cells, Filler));
        _column += cells;
        return rune.Utf16SequenceLength;
    }

    private int Sequence(string text, int index)
    {
        Assert.Equal('[', text[index]);
        int end = index + 1;
        while (char.IsAsciiDigit(text[end]))
            end++;

        int number = end == index + 1 ? 1 : int.Parse(text.AsSpan(index + 1, end - index - 1), CultureInfo.InvariantCulture);
        switch (text[end])
        {
            case 'A':
                _row -= number;
                break;
            case 'C':
                _column += number;
                break;
            case 'H':
                (_row, _column) = (0, 0);
                break;
            case 'J':
                Clear(all: number == 2);
                break;
            default:
                Assert.Fail($"unknown sequence {text[index..(end + 1)]}");
                break;
        }

        return end + 1;
    }

    private void Clear(bool all)
    {
        int first = all ? 0 : _row;
        _rows.RemoveRange(first + 1, _rows.Count - first - 1);
        _rows[first].Length = all ? 0 : Math.Min(_rows[first].Length, _column);
        while (_rows.Count <= _row)
            _rows.Add(new StringBuilder());
    }

    private void MoveTo(int row)
    {
        _row = row;
        while (_rows.Count <= row)
            _rows.Add(new StringBuilder());
    }

    private sealed class Release(FakeTerminal terminal) : IDisposable
    {
        public void Dispose() => terminal.IsTakingKeys = false;
    }
}
