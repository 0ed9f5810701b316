namespace Plumb.Profiles.Filtering;

/// <summary>What a pattern matches in a profile, found once for each text and not once for each sample.</summary>
internal sealed class NameMatches
{
    private readonly Profile _profile;
    private readonly NamePattern _pattern;
    private readonly sbyte[] _strings;

    public NameMatches(Profile profile, NamePattern pattern)
    {
        _profile = profile;
        _pattern = pattern;
        _strings = new sbyte[profile.Strings.Count];
        Mappings = new bool[profile.Mappings.Count];
        for (int i = 0; i < Mappings.Length; i++)
            Mappings[i] = pattern.IsMatch(profile.Mappings.Rows[i].File);
    }

    /// <summary>Whether each mapping's file matches.</summary>
    public bool[] Mappings { get; }

    public bool Mapping(MappingId id) => !id.IsNone && Mappings[id.Index];

    /// <summary>Whether the function's name or file matches.</summary>
    public bool Function(FunctionId id)
    {
        FunctionRow row = _profile.Functions[id];
        return Text(row.Name) || Text(row.File);
    }

    public bool Text(StringId id)
    {
        ref sbyte known = ref _strings[id.Index];
        if (known == 0)
            known = _pattern.IsMatch(_profile.Strings, id) ? (sbyte)1 : (sbyte)-1;

        return known > 0;
    }
}
