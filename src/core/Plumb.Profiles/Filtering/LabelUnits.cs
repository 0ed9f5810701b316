using System.Collections.ObjectModel;

namespace Plumb.Profiles.Filtering;

/// <summary>
/// The unit of each numeric label's key: the first one that a sample gives, else guessed from the key as the format's documentation
/// has it.
/// </summary>
public sealed class LabelUnits
{
    private readonly Dictionary<StringId, string> _units = [];
    private SortedDictionary<string, SortedSet<string>>? _ignored;

    private LabelUnits()
    {
    }

    /// <summary>Units that are given for a key beside the one in use, by key.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> Ignored =>
        (IReadOnlyDictionary<string, SortedSet<string>>?)_ignored ?? ReadOnlyDictionary<string, SortedSet<string>>.Empty;

    public static LabelUnits Of(Profile profile)
    {
        var units = new LabelUnits();
        for (int i = 0; i < profile.LabelSets.Count; i++)
        {
            foreach (Label label in profile.LabelSets[new LabelSetId(i)])
            {
                if (label.IsNumber && label.Unit != default)
                    units.Note(profile.Strings[label.Key], label.Key, profile.Strings[label.Unit]);
            }
        }

        for (int i = 0; i < profile.LabelSets.Count; i++)
        {
            foreach (Label label in profile.LabelSets[new LabelSetId(i)])
            {
                if (label.IsNumber && !units._units.ContainsKey(label.Key))
                    units._units.Add(label.Key, Guess(profile.Strings[label.Key]));
            }
        }

        return units;
    }

    /// <summary>The unit of a key that some numeric label has; else empty.</summary>
    public string this[StringId key] => _units.GetValueOrDefault(key, "");

    private void Note(string name, StringId key, string unit)
    {
        if (_units.TryAdd(key, unit) || _units[key] == unit)
            return;

        _ignored ??= new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        if (!_ignored.TryGetValue(name, out SortedSet<string>? others))
            _ignored.Add(name, others = new SortedSet<string>(StringComparer.Ordinal));

        others.Add(unit);
    }

    private static string Guess(string key) => key is "alignment" or "request" ? "bytes" : key;
}
