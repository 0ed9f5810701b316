using System.Text;
using Plumb.Profiles;
using Plumb.Profiles.Symbols;

namespace Plumb.Symbols.Demangling;

/// <summary>Gives the functions of a profile names for people, where they only have that of the linker.</summary>
internal static class FunctionNames
{
    /// <param name="isForced">Whether names that differ from the linker's are made anew too.</param>
    /// <returns>The same profile when no name changes.</returns>
    /// <exception cref="SymbolizationException">The tool failed.</exception>
    public static async Task<Profile> RestoreAsync(
        Profile profile, DemangleMode mode, bool isForced, Demangler demangler, CancellationToken cancellationToken)
    {
        FunctionId[] candidates = Candidates(profile, mode, isForced);
        if (candidates.Length == 0)
            return profile;

        var editor = new SymbolEditor(profile);
        string[] systemNames = [.. candidates.Select(editor.SystemName)];
        string?[] demangled = await demangler.DemangleAsync(systemNames, mode, cancellationToken).ConfigureAwait(false);
        bool changed = false;
        for (int i = 0; i < candidates.Length; i++)
        {
            string name = demangled[i] ?? (mode == DemangleMode.None ? systemNames[i] : DemangledText.Simplify(systemNames[i], mode));
            if (name == editor.Name(candidates[i]))
                continue;

            editor.Rename(candidates[i], name);
            changed = true;
        }

        return changed ? editor.Build() : profile;
    }

    private static FunctionId[] Candidates(Profile profile, DemangleMode mode, bool isForced)
    {
        if (mode == DemangleMode.None && !isForced)
            return [];

        var candidates = new List<FunctionId>();
        for (int i = 0; i < profile.Functions.Count; i++)
        {
            FunctionRow row = profile.Functions.Rows[i];
            bool isPlain = row.Name == row.SystemName || row.Name == default;
            if (row.SystemName == default || !(isPlain || isForced))
                continue;

            if (!isPlain || row.Name == default || MayChange(profile.Strings.Utf8(row.SystemName)))
                candidates.Add(new FunctionId(i));
        }

        return [.. candidates];
    }

    private static bool MayChange(ReadOnlySpan<byte> systemName) =>
        (systemName is [(byte)'_', ..] && Demangler.IsMangled(Encoding.UTF8.GetString(systemName))) || DemangledText.MayBeCpp(systemName);
}
