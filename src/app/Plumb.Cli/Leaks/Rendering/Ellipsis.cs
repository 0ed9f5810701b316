using Plumb.Profiles;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>Shortens text that does not fit, and makes it safe for a terminal on the way.</summary>
internal static class Ellipsis
{
    /// <summary>Keeps the beginning.</summary>
    public static string End(string text, int width)
    {
        string safe = Safe(text, width);
        return safe.Length <= width ? safe : safe[..(width - 1)] + "…";
    }

    /// <summary>Keeps the beginning and the end: of a Go symbol, net/http.(*persistConn).readLoop, both say more than the middle.</summary>
    public static string Middle(string text, int width)
    {
        string safe = Safe(text, width);
        if (safe.Length <= width)
        {
            return safe;
        }

        int tail = width / 2;
        return $"{safe[..(width - tail - 1)]}…{safe[^tail..]}";
    }

    // A name in a profile may be megabytes long, and no more of it needs to be escaped than can be shown.
    private static string Safe(string text, int width) =>
        TerminalText.Escape(text.Length <= 2 * width ? text : $"{text[..width]}{text[^width..]}");
}
