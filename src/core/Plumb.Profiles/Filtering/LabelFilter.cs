namespace Plumb.Profiles.Filtering;

/// <summary>
/// Picks samples by their labels: <c>key=value</c> or <c>value</c>, where the value is a range of numbers, or regular expressions
/// separated by commas. Without a key all expressions must match some <c>key:value</c>; with a key one of them must match one of its values.
/// </summary>
public sealed class LabelFilter
{
    private readonly string? _key;
    private readonly NumberRange? _range;
    private readonly NamePattern[] _patterns;

    private LabelFilter(string? key, NumberRange? range, NamePattern[] patterns)
    {
        _key = key;
        _range = range;
        _patterns = patterns;
    }

    /// <summary>Whether the value was read as a range of numbers and not as a regular expression.</summary>
    public bool IsRange => _range is not null;

    public IReadOnlyList<NamePattern> Patterns => _patterns;

    public static LabelFilter Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string? key = equals < 0 ? null : text[..equals];
        if (key is { Length: 0 })
            key = null;

        string value = ValueOf(text);
        return NumberRange.Parse(value) is { } range
            ? new LabelFilter(key, range, [])
            : new LabelFilter(key, null, [.. value.Split(',').Select(NamePattern.Parse)]);
    }

    /// <summary>The part of a filter's text after <c>key=</c>.</summary>
    public static string ValueOf(string text) => text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether a label set is picked; the answer holds for all samples that have it.</summary>
    public bool IsMatch(Profile profile, LabelSetId id, LabelUnits units)
    {
        ReadOnlySpan<Label> labels = profile.LabelSets[id];
        if (_range is not null)
            return HasNumber(profile, labels, units);

        return _key is null ? MatchesAll(profile, labels) : MatchesAny(profile, labels);
    }

    private bool HasNumber(Profile profile, ReadOnlySpan<Label> labels, LabelUnits units)
    {
        foreach (Label label in labels)
        {
            if (label.IsNumber && HasKey(profile, label) && _range!.Contains(label.Number, units[label.Key]))
                return true;
        }

        return false;
    }

    private bool MatchesAll(Profile profile, ReadOnlySpan<Label> labels)
    {
        foreach (NamePattern pattern in _patterns)
        {
            bool found = false;
            foreach (Label label in labels)
                found = found || (!label.IsNumber && pattern.IsMatch($"{profile.Strings[label.Key]}:{profile.Strings[label.Text]}"));

            if (!found)
                return false;
        }

        return true;
    }

    private bool MatchesAny(Profile profile, ReadOnlySpan<Label> labels)
    {
        foreach (Label label in labels)
        {
            if (label.IsNumber || !HasKey(profile, label))
                continue;

            foreach (NamePattern pattern in _patterns)
            {
                if (pattern.IsMatch(profile.Strings, label.Text))
                    return true;
            }
        }

        return false;
    }

    private bool HasKey(Profile profile, Label label) => _key is null || profile.Strings[label.Key] == _key;
}
