namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>The lines that were typed before, oldest first. The oldest are forgotten.</summary>
internal class LineHistory
{
    public const int MaxLines = 1000;

    /// <summary>What is longer was pasted, and is not worth keeping.</summary>
    public const int MaxLength = 4096;

    private readonly List<string> _lines = [];

    public int Count => _lines.Count;

    public string this[int index] => _lines[index];

    /// <summary>Blank lines, repetitions and lines that begin with a blank are not kept.</summary>
    /// <returns>Whether the line was kept.</returns>
    public virtual bool Add(string line)
    {
        bool isWorthIt = line.Length is > 0 and <= MaxLength && !char.IsWhiteSpace(line[0]) && !line.Any(char.IsControl)
            && (_lines.Count == 0 || _lines[^1] != line);
        if (!isWorthIt)
            return false;

        if (_lines.Count == MaxLines)
            _lines.RemoveAt(0);

        _lines.Add(line);
        return true;
    }

    /// <summary>The last line before an index that holds a text; -1 when there is none.</summary>
    public int FindBefore(int index, string text) =>
        index <= 0 ? -1 : _lines.FindLastIndex(index - 1, line => line.Contains(text, StringComparison.OrdinalIgnoreCase));
}
