using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Profiles.Symbols;

namespace Plumb.Symbols.Binaries;

/// <summary>
/// Finds the binaries that a profile names among those of this machine: below folders that the user keeps for them, by build id first.
/// The profile was perhaps written elsewhere; a file with another build id is another program.
/// </summary>
public sealed class BinarySearch
{
    private const int MostFilesOfBuildId = 256;

    private readonly ImmutableArray<string> _folders;

    /// <param name="path">Folders separated by colons; what <c>PPROF_BINARY_PATH</c> says.</param>
    /// <param name="home">Where <c>pprof/binaries</c> is looked for when no folder is named.</param>
    /// <param name="currentDirectory">Where relative folders start.</param>
    public BinarySearch(string path, string home, string currentDirectory)
    {
        string folders = path.Length > 0 ? path : home.Length > 0 ? Path.Combine(home, "pprof", "binaries") : "";
        _folders = [.. folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.GetFullPath(Path.Combine(currentDirectory, folder)))];
    }

    /// <summary>The profile with the files that were found in the place of those it names, and the main binary that the user named.</summary>
    /// <param name="mainBinary">A file of this machine for the first mapping; empty for what the profile says.</param>
    /// <param name="buildId">For the first mapping, should it have none.</param>
    /// <param name="notes">Receives what the user should know.</param>
    public Profile Locate(Profile profile, string mainBinary, string buildId, ICollection<string> notes)
    {
        Mapping[] mappings = [.. profile.Mappings.Rows];
        for (int i = 0; i < mappings.Length; i++)
        {
            if (Find(mappings[i], notes) is { } file)
                mappings[i] = mappings[i] with { File = file };
        }

        // Some writers name no mapping at all; what the user says is then true of all addresses.
        bool addsMapping = mappings.Length == 0 && (mainBinary.Length > 0 || buildId.Length > 0);
        if (addsMapping)
            mappings = [Mapping.Unknown];

        if (mappings.Length > 0 && mainBinary.Length > 0)
            mappings[0] = mappings[0] with { File = mainBinary };

        if (mappings.Length > 0 && buildId.Length > 0 && mappings[0].BuildId.Length == 0)
            mappings[0] = mappings[0] with { BuildId = buildId };

        return addsMapping ? WithOnlyMapping(profile, mappings[0]) : WithMappings(profile, mappings);
    }

    /// <summary>The file for a mapping; null when there is none in the folders.</summary>
    public string? Find(Mapping mapping, ICollection<string> notes)
    {
        foreach (string folder in _folders)
        {
            foreach (string candidate in Candidates(folder, mapping))
            {
                if (!File.Exists(candidate) || ObjectFile.TryOpen(candidate) is not { } file)
                    continue;

                if (mapping.BuildId.Length == 0 || mapping.BuildId == file.BuildId)
                    return candidate;

                notes.Add($"Ignoring local file {candidate}: build-id mismatch ({mapping.BuildId} != {file.BuildId})");
            }
        }

        return null;
    }

    // perf's folders, LLVM's and GDB's ways to keep debug files, and the file as it was on the other machine.
    private static IEnumerable<string> Candidates(string folder, Mapping mapping)
    {
        string file = mapping.File.Replace('\0', '_').TrimStart('/'), id = mapping.BuildId.Replace('\0', '_');
        string name = Path.GetFileName(file);
        string directory = Path.GetDirectoryName(file) ?? "";
        var parts = new List<string>();
        if (id.Length > 0)
        {
            parts.Add(Path.Combine(id, name));
            parts.AddRange(FilesBelow(folder, id));
            parts.Add(Path.Combine(file, id));
            if (id.Length >= 2)
                parts.Add(Path.Combine(id[..2], id[2..] + ".debug"));
        }

        if (name.Length > 0)
            parts.AddRange([name, file, file + ".debug", Path.Combine(directory, ".debug", name + ".debug"), Path.Combine("usr/lib/debug", directory, name + ".debug")]);

        // What a profile calls its file or build id must not lead out of the folder.
        return parts.Select(part => Path.GetFullPath(Path.Join(folder, part))).Where(path => IsBelow(path, folder));
    }

    private static IEnumerable<string> FilesBelow(string folder, string id)
    {
        string below = Path.GetFullPath(Path.Join(folder, id));
        if (!IsBelow(below, folder) || !Directory.Exists(below))
            return [];

        try
        {
            return [.. Directory.EnumerateFiles(below).Take(MostFilesOfBuildId).Order(StringComparer.Ordinal).Select(path => Path.GetRelativePath(folder, path))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static Profile WithOnlyMapping(Profile profile, Mapping mapping)
    {
        var editor = new SymbolEditor(profile);
        editor.SetOnlyMapping(mapping);
        return editor.Build();
    }

    private static Profile WithMappings(Profile profile, Mapping[] mappings)
    {
        if (profile.Mappings.Rows.SequenceEqual(mappings))
            return profile;

        var editor = new SymbolEditor(profile);
        for (int i = 0; i < mappings.Length; i++)
            editor.SetMapping(new MappingId(i), mappings[i]);

        return editor.Build();
    }
}
