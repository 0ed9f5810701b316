using System.Globalization;

namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>A line that is being edited, and where in it. What was cut last can be put back.</summary>
internal sealed class EditBuffer
{
    /// <summary>No command is longer; what is pasted beyond it is dropped.</summary>
    public const int MaxLength = 64 << 10;

    private string _cut = "";

    public string Text { get; private set; } = "";

    /// <summary>Between two characters as a person sees them: never inside a surrogate pair or before a mark that combines.</summary>
    public int Cursor { get; private set; }

    public void Set(string text) => Set(text, text.Length);

    public void Set(string text, int cursor)
    {
        Text = text;
        Cursor = cursor;
    }

    public void Insert(string text)
    {
        text = text[..Math.Min(text.Length, MaxLength - Text.Length)];
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void MoveLeft() => Cursor = Before(Cursor);

    public void MoveRight() => Cursor = After(Cursor);

    public void MoveHome() => Cursor = 0;

    public void MoveEnd() => Cursor = Text.Length;

    public void MoveWordLeft() => Cursor = WordStart(IsWordPart);

    public void MoveWordRight() => Cursor = WordEnd();

    public void DeleteLeft() => Remove(Before(Cursor), Cursor);

    public void DeleteRight() => Remove(Cursor, After(Cursor));

    /// <summary>Cuts back to the blank before the word, as Ctrl-W does everywhere: a pattern is one word, whatever is in it.</summary>
    public void CutBlankWordLeft() => Cut(WordStart(c => !char.IsWhiteSpace(c)), Cursor);

    public void CutWordLeft() => Cut(WordStart(IsWordPart), Cursor);

    public void CutWordRight() => Cut(Cursor, WordEnd());

    public void CutToStart() => Cut(0, Cursor);

    public void CutToEnd() => Cut(Cursor, Text.Length);

    public void PutBack() => Insert(_cut);

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void Cut(int start, int end)
    {
        if (start < end)
            _cut = Text[start..end];

        Remove(start, end);
    }

    private void Remove(int start, int end)
    {
        Text = Text.Remove(start, end - start);
        Cursor = start;
    }

    private int Before(int position)
    {
        int start = 0;
        for (int next = 0; next < position;)
        {
            start = next;
            next += StringInfo.GetNextTextElementLength(Text, next);
        }

        return start;
    }

    private int After(int position) => position == Text.Length ? position : position + StringInfo.GetNextTextElementLength(Text, position);

    private int WordStart(Func<char, bool> isPart)
    {
        int start = Cursor;
        while (start > 0 && !isPart(Text[start - 1]))
            start--;

        while (start > 0 && isPart(Text[start - 1]))
            start--;

        return start;
    }

    private int WordEnd()
    {
        int end = Cursor;
        while (end < Text.Length && !IsWordPart(Text[end]))
            end++;

        while (end < Text.Length && IsWordPart(Text[end]))
            end++;

        return end;
    }
}
