namespace Plumb.Cli.Leaks.Rendering;

/// <summary>Breaks prose into lines at spaces.</summary>
internal static class TextWrap
{
    /// <summary>Lines of at most <paramref name="width"/> characters; a longer word has a line of its own.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        int start = 0;
        while (start < text.Length)
        {
            int end = text.Length - start <= width ? text.Length : LastBreak(text, start, width);
            yield return text[start..end].TrimEnd();
            start = end;
            while (start < text.Length && text[start] == ' ')
            {
                start++;
            }
        }
    }

    private static int LastBreak(string text, int start, int width)
    {
        int space = text.LastIndexOf(' ', start + width, width + 1);
        if (space > start)
        {
            return space;
        }

        int next = text.IndexOf(' ', start + width);
        return next < 0 ? text.Length : next;
    }
}
