using System.Text;
using Plumb.Profiles.Filtering;

namespace Plumb.Cli.Pprof.Shell;

/// <summary>Patterns as they are typed in the shell, where a blank ends a word.</summary>
internal static class PatternText
{
    private const string Operators = @"\.+*?()|[]{}^$";

    /// <summary>A word that matches a name: the name itself where it means itself, as most do.</summary>
    public static string For(string name)
    {
        bool isWord = !name.Any(char.IsWhiteSpace) && name[0] is not ('-' or '>') && !char.IsAsciiDigit(name[0]);
        return isWord && NamePattern.Parse(name).IsMatch(name) ? name : Escape(name);
    }

    /// <summary>One pattern for what any of several matches. One that is no expression, such as <c>(*T).m</c>, keeps its literal meaning.</summary>
    public static string Any(IReadOnlyList<string> patterns) => patterns is [string only]
        ? only
        : string.Join('|', patterns.Select(pattern => NamePattern.Parse(pattern).Invalid is null ? pattern : Escape(pattern)));

    private static string Escape(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsWhiteSpace(c))
                text.Append('.');
            else if (text.Length == 0 && c is '-' or '>' || (text.Length == 0 && char.IsAsciiDigit(c)))
                text.Append('[').Append(c).Append(']');
            else if (Operators.Contains(c, StringComparison.Ordinal))
                text.Append('\\').Append(c);
            else
                text.Append(c);
        }

        return text.ToString();
    }
}
