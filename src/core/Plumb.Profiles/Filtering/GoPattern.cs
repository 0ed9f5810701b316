using System.Globalization;
using System.Text;

namespace Plumb.Profiles.Filtering;

/// <summary>
/// Turns a regular expression in Go's syntax (RE2), which is what people type after <c>-focus</c> and what profiles carry in
/// drop_frames, into .NET's. The two differ in anchors, character classes and a few escapes.
/// </summary>
/// <seealso href="https://github.com/google/re2/wiki/Syntax"/>
internal static class GoPattern
{
    private static readonly Dictionary<string, string> PosixClasses = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = "\\x00-\\x7f",
        ["blank"] = "\\t ",
        ["cntrl"] = "\\x00-\\x1f\\x7f",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = "!-/:-@\\[-`{-~",
        ["space"] = "\\t\\n\\v\\f\\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    /// <exception cref="FormatException">Not a pattern that RE2 accepts.</exception>
    public static string Translate(string pattern)
    {
        var target = new StringBuilder(pattern.Length + 16);
        bool multiline = HasMultilineFlag(pattern);
        for (int i = 0; i < pattern.Length;)
        {
            i = pattern[i] switch
            {
                '\\' => Escape(pattern, i, target, insideClass: false),
                '[' => Class(pattern, i, target),
                '(' => Group(pattern, i, target),
                '$' when !multiline => Put(target, "\\z", i),
                _ => Put(target, pattern[i].ToString(), i),
            };
        }

        return target.ToString();
    }

    private static int Put(StringBuilder target, string text, int at)
    {
        target.Append(text);
        return at + 1;
    }

    // Close enough: RE2 scopes flags to their group, but nobody mixes both meanings of $ in one filter.
    private static bool HasMultilineFlag(string pattern)
    {
        for (int at = pattern.IndexOf("(?", StringComparison.Ordinal); at >= 0; at = pattern.IndexOf("(?", at + 2, StringComparison.Ordinal))
        {
            foreach (char flag in pattern.AsSpan(at + 2))
            {
                if (flag == 'm')
                    return true;

                if (flag is not ('i' or 's' or 'U'))
                    break;
            }
        }

        return false;
    }

    private static int Group(string pattern, int at, StringBuilder target)
    {
        ReadOnlySpan<char> rest = pattern.AsSpan(at);
        if (rest.StartsWith("(?P<"))
        {
            target.Append("(?<");
            return at + 4;
        }

        if (!rest.StartsWith("(?") || rest.Length < 3)
            return Put(target, "(", at);

        // Look-arounds and atomic groups exist in .NET and not in RE2.
        if (rest[2] is '=' or '!' or '>' || rest.StartsWith("(?<=") || rest.StartsWith("(?<!") || rest[2] is '(' or '\'')
            throw new FormatException($"invalid or unsupported group at {at}");

        target.Append("(?");
        return at + 2;
    }

    private static int Class(string pattern, int at, StringBuilder target)
    {
        target.Append('[');
        int i = at + 1;
        if (i < pattern.Length && pattern[i] == '^')
        {
            target.Append('^');
            i++;
        }

        for (bool first = true; i < pattern.Length; first = false)
        {
            char c = pattern[i];
            if (c == ']' && !first)
            {
                target.Append(']');
                return i + 1;
            }

            if (c == '[' && PosixClass(pattern, i, target) is { } next)
                i = next;
            else if (c == '\\')
                i = Escape(pattern, i, target, insideClass: true);
            else
                i = Put(target, c is '[' or ']' ? $"\\{c}" : c.ToString(), i); // a bare [ opens a subtraction in .NET
        }

        throw new FormatException("missing closing ]");
    }

    private static int? PosixClass(string pattern, int at, StringBuilder target)
    {
        if (!pattern.AsSpan(at).StartsWith("[:"))
            return null;

        int end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
        if (end < 0)
            return null;

        string name = pattern[(at + 2)..end];
        bool negated = name.StartsWith('^');
        if (!PosixClasses.TryGetValue(negated ? name[1..] : name, out string? members))
            throw new FormatException($"invalid character class [:{name}:]");

        if (negated)
            throw new FormatException("negated POSIX classes are not supported");

        target.Append(members);
        return end + 2;
    }

    private static int Escape(string pattern, int at, StringBuilder target, bool insideClass)
    {
        if (at + 1 >= pattern.Length)
            throw new FormatException("trailing backslash");

        char c = pattern[at + 1];
        switch (c)
        {
            // RE2's classes are ASCII; .NET's are Unicode.
            case 'd': return Put(target, insideClass ? "0-9" : "[0-9]", at + 1);
            case 'w': return Put(target, insideClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]", at + 1);
            case 's': return Put(target, insideClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]", at + 1);
            case 'D' when !insideClass: return Put(target, "[^0-9]", at + 1);
            case 'W' when !insideClass: return Put(target, "[^0-9A-Za-z_]", at + 1);
            case 'S' when !insideClass: return Put(target, "[^\\t\\n\\f\\r ]", at + 1);
            case 'Q': return Quoted(pattern, at + 2, target);
            case 'z' or 'A' or 'b' or 'B' when !insideClass: return Put(target, $"\\{c}", at + 1);
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v': return Put(target, $"\\{c}", at + 1);
            case 'x': return Hexadecimal(pattern, at + 2, target);
            case 'p' or 'P': return Category(pattern, at, target);
            case '0': return Octal(pattern, at + 1, target);
            default: return Literal(c, at, target);
        }
    }

    private static int Literal(char c, int at, StringBuilder target)
    {
        if (char.IsAsciiLetterOrDigit(c))
            throw new FormatException($"invalid escape sequence \\{c}");

        target.Append('\\').Append(c);
        return at + 2;
    }

    private static int Quoted(string pattern, int start, StringBuilder target)
    {
        int end = pattern.IndexOf("\\E", start, StringComparison.Ordinal);
        string text = end < 0 ? pattern[start..] : pattern[start..end];
        target.Append(System.Text.RegularExpressions.Regex.Escape(text));
        return end < 0 ? pattern.Length : end + 2;
    }

    private static int Hexadecimal(string pattern, int start, StringBuilder target)
    {
        int end = start + 2;
        ReadOnlySpan<char> digits = pattern.AsSpan(Math.Min(start, pattern.Length), Math.Min(2, pattern.Length - Math.Min(start, pattern.Length)));
        if (start < pattern.Length && pattern[start] == '{')
        {
            int close = pattern.IndexOf('}', start);
            digits = close < 0 ? [] : pattern.AsSpan(start + 1, close - start - 1);
            end = close + 1;
        }

        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) || !Rune.IsValid(code))
            throw new FormatException("invalid \\x escape");

        foreach (char c in new Rune(code).ToString())
            target.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");

        return end;
    }

    private static int Octal(string pattern, int start, StringBuilder target)
    {
        int code = 0;
        int i = start;
        for (; i < pattern.Length && i < start + 3 && pattern[i] is >= '0' and <= '7'; i++)
            code = (code * 8) + pattern[i] - '0';

        target.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}");
        return i;
    }

    private static int Category(string pattern, int at, StringBuilder target)
    {
        if (at + 2 >= pattern.Length)
            throw new FormatException("invalid character class range");

        target.Append('\\').Append(pattern[at + 1]);
        if (pattern[at + 2] != '{')
        {
            target.Append('{').Append(pattern[at + 2]).Append('}');
            return at + 3;
        }

        int close = pattern.IndexOf('}', at);
        if (close < 0)
            throw new FormatException("invalid character class range");

        target.Append(pattern, at + 2, close - at - 1);
        return close + 1;
    }
}
