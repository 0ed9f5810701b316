using System.Text;

namespace Plumb.Cli.Leaks.Rendering.Markdown;

/// <summary>Makes text from outside safe inside Markdown, as GitHub, GitLab and CommonMark read it, table cells included.</summary>
internal static class MarkdownText
{
    private const int MaxText = 600;
    private const int MaxName = 120;

    /// <summary>Text that reads as itself: no emphasis, link, mention, table cell, HTML or control character comes of it.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        string shown = Ellipsis.End(text, MaxText);
        for (int i = 0; i < shown.Length; i++)
        {
            char c = shown[i];
            string? entity = Entity(c);
            if (entity is not null)
            {
                escaped.Append(entity);
            }
            else if (c == '@')
            {
                // A backslash does not keep a forge from notifying whoever is named.
                escaped.Append("&#64;");
            }
            else
            {
                escaped.Append(NeedsBackslash(shown, i) ? "\\" : "").Append(c);
            }
        }

        return escaped.ToString();
    }

    /// <summary>A code span. Inside one nothing is escaped, so the delimiter is longer than any run of backticks, and what would still be
    /// read (the bar of a table) is replaced by its look-alike.</summary>
    public static string Code(string text)
    {
        string shown = Ellipsis.Middle(text, MaxName).Replace('|', '∣').Trim();
        if (shown.Length == 0)
        {
            return "–";
        }

        string fence = new('`', LongestBackticks(shown) + 1);
        string pad = shown[0] == '`' || shown[^1] == '`' ? " " : "";
        return $"{fence}{pad}{shown}{pad}{fence}";
    }

    /// <summary>A link to an address of the web; anything else stays text.</summary>
    public static string Link(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps && text.Length <= MaxText
            ? $"<{address.AbsoluteUri}>"
            : Escape(text);

    public static int LongestBackticks(string text)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string? Entity(char c) => c switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        _ => null,
    };

    // Most prose holds none of the characters in a place where they mean anything: it should stay readable as text.
    private static bool NeedsBackslash(string text, int i)
    {
        char c = text[i];
        char next = i + 1 < text.Length ? text[i + 1] : '\0';
        return c switch
        {
            '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$' => true,
            // These begin a heading, a list, a quote's underline or a rule only at the start of a line.
            '#' or '+' or '-' or '=' => i == 0 && (next is '\0' or ' ' || next == c),
            '.' or ')' => next is '\0' or ' ' && i is > 0 and <= 9 && !text.AsSpan(0, i).ContainsAnyExceptInRange('0', '9'),
            '!' => next == '[',
            // Bare addresses become links.
            ':' => next == '/',
            _ => false,
        };
    }
}
