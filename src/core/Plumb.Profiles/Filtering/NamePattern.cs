using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumb.Profiles.Filtering;

/// <summary>
/// A pattern that a person typed to pick functions, files or labels: a regular expression in Go's syntax, found anywhere in the text.
/// One that is not a valid expression, such as <c>(*T).m</c>, is taken literally. Matching takes time linear in the text,
/// whatever the pattern, since patterns come from profiles and URLs too.
/// </summary>
public sealed class NamePattern
{
    private static readonly SearchValues<char> Operators = SearchValues.Create(@"\.+*?()|[]{}^$");

    private readonly byte[]? _literal;
    private readonly Regex? _regex;

    private NamePattern(string text, byte[]? literal, Regex? regex, string? invalid)
    {
        Text = text;
        _literal = literal;
        _regex = regex;
        Invalid = invalid;
    }

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    /// <summary>Why the text is no regular expression and is taken literally; null when it is one.</summary>
    public string? Invalid { get; }

    public static NamePattern Parse(string text)
    {
        // Most patterns are a plain name. They need no regular expression, nor the code that compiles one.
        if (text.AsSpan().IndexOfAny(Operators) < 0)
            return new NamePattern(text, Encoding.UTF8.GetBytes(text), null, null);

        try
        {
            return new NamePattern(text, null, Compile(text), null);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            return new NamePattern(text, Encoding.UTF8.GetBytes(text), null, e.Message);
        }
    }

    /// <summary>A pattern of which the whole text must match, as a profile's drop_frames means it; null when it is not valid.</summary>
    public static NamePattern? ParseWhole(string text)
    {
        NamePattern pattern = Parse($"^({text})$");
        return pattern.Invalid is null ? pattern : null;
    }

    public bool IsMatch(string text) =>
        _regex is not null ? _regex.IsMatch(text) : text.Contains(Encoding.UTF8.GetString(_literal!), StringComparison.Ordinal);

    /// <summary>Whether a text of the table matches.</summary>
    public bool IsMatch(StringTable strings, StringId id) =>
        _regex is not null ? _regex.IsMatch(strings[id]) : strings.Utf8(id).IndexOf(_literal) >= 0;

    public override string ToString() => Text;

    private static Regex Compile(string text) =>
        new(GoPattern.Translate(text), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
