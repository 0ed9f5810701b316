using System.Collections.Immutable;
using System.Text;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// Reads the profiler labels that Go writes into text: <c>"key":"value", "other":"x"</c> behind <c># labels:</c>, the same with a space after
/// the colon in a traceback. Texts are quoted as Go's %q does; a traceback leaves the quotes off where it can.
/// </summary>
internal static class GoroutineLabels
{
    /// <param name="list">What stands between the braces.</param>
    /// <param name="maxLabels">The rest is left out.</param>
    public static ImmutableArray<KeyValuePair<string, string>> Parse(ReadOnlySpan<byte> list, int maxLabels)
    {
        if (list.IsEmpty)
            return [];

        string text = Encoding.UTF8.GetString(list);
        var labels = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        int at = 0;
        while (at < text.Length && labels.Count < maxLabels)
        {
            string key = ReadText(text, ref at, ':');
            string value = ReadText(text, ref at, ',');
            if (key.Length > 0)
                labels.Add(new(key, value));
        }

        return labels.ToImmutable();
    }

    /// <summary>Reads a text, quoted or bare, and the separator behind it.</summary>
    private static string ReadText(string text, ref int at, char separator)
    {
        while (at < text.Length && text[at] == ' ')
            at++;

        string read = at < text.Length && text[at] == '"' ? ReadQuoted(text, ref at) : ReadBare(text, ref at, separator);
        while (at < text.Length && text[at++] != separator)
        {
        }

        return read;
    }

    private static string ReadBare(string text, ref int at, char separator)
    {
        int end = text.IndexOf(separator, at);
        if (end < 0)
            end = text.Length;

        string read = text[at..end].TrimEnd();
        at = end;
        return read;
    }

    private static string ReadQuoted(string text, ref int at)
    {
        var read = new StringBuilder();
        at++;
        while (at < text.Length && text[at] != '"')
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                ReadEscape(text, ref at, read);
            else
                read.Append(text[at++]);
        }

        at++;
        return read.ToString();
    }

    private static void ReadEscape(string text, ref int at, StringBuilder read)
    {
        char kind = text[at + 1];
        at += 2;
        int digits = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            read.Append(kind switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', _ => kind });
            return;
        }

        ReadOnlySpan<char> hex = text.AsSpan(at, Math.Min(digits, text.Length - at));
        at += hex.Length;
        bool isRune = int.TryParse(hex, System.Globalization.NumberStyles.AllowHexSpecifier, null, out int code) && Rune.IsValid(code);
        read.Append(isRune ? new Rune(code) : Rune.ReplacementChar);
    }
}
