using System.Text;

namespace Plumb.Profiles;

/// <summary>
/// Makes text from a profile safe to print. A function name or label can hold an escape sequence that moves the cursor, retitles the
/// window or hides the lines around it; a direction override makes it read as something else.
/// </summary>
public static class TerminalText
{
    /// <summary>The text with control and formatting characters written as <c>\x1b</c> or <c>\u202e</c>. Most texts come back as they are.</summary>
    public static string Escape(string text)
    {
        foreach (char c in text)
        {
            if (IsUnsafe(c))
                return EscapeAll(text);
        }

        return text;
    }

    private static bool IsUnsafe(char c) =>
        c < ' ' || c is >= '\x7f' and < '\xa0' or '\u061c' or '\u200e' or '\u200f' or >= '\u2028' and <= '\u202e' or >= '\u2066' and <= '\u2069' or '\ufeff';

    private static string EscapeAll(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            if (!IsUnsafe(c))
                escaped.Append(c);
            else if (c == '\t')
                escaped.Append("\\t");
            else if (c == '\n')
                escaped.Append("\\n");
            else if (c == '\r')
                escaped.Append("\\r");
            else if (c <= '\xff')
                escaped.Append("\\x").Append(((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
            else
                escaped.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
