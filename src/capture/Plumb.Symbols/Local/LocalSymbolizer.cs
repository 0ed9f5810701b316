using System.Collections.Immutable;
using Plumb.Profiles;
using Plumb.Profiles.Symbols;
using Plumb.Symbols.Binaries;
using Plumb.Symbols.Tools;

namespace Plumb.Symbols.Local;

/// <summary>Looks up addresses in the binaries of this machine, one mapping after the other.</summary>
internal sealed class LocalSymbolizer(Toolbox tools, bool isFast)
{
    public async Task SymbolizeAsync(Profile profile, SymbolEditor editor, bool isForced, ICollection<string> notes, CancellationToken cancellationToken)
    {
        List<LocationId>[] byMapping = Wanted(profile, isForced);
        bool isIncomplete = false;
        for (int i = 0; i < byMapping.Length; i++)
        {
            Mapping mapping = profile.Mappings.Rows[i];
            if (byMapping[i].Count == 0 || (IsSymbolized(mapping) && !isForced) || IsWithoutFile(mapping))
                continue;

            if (mapping.File.Length == 0)
            {
                if (i == 0)
                    notes.Add("Main binary filename not available.");
                else
                    isIncomplete = true;

                continue;
            }

            try
            {
                await SymbolizeAsync(profile, editor, new MappingId(i), byMapping[i], cancellationToken).ConfigureAwait(false);
            }
            catch (SymbolizationException e)
            {
                string buildId = mapping.BuildId.Length > 0 ? $" (build ID {mapping.BuildId})" : "";
                notes.Add($"Local symbolization failed for {Path.GetFileName(mapping.File)}{buildId}: {e.Message}");
                isIncomplete = true;
            }
        }

        if (isIncomplete)
            notes.Add("Some binary filenames not available. Symbolization may be incomplete.\nTry setting PPROF_BINARY_PATH to the search path for local binaries.");
    }

    private async Task SymbolizeAsync(
        Profile profile, SymbolEditor editor, MappingId id, List<LocationId> wanted, CancellationToken cancellationToken)
    {
        Mapping mapping = editor.Mapping(id);
        ObjectFile file = ObjectFile.Open(mapping.File);
        if (mapping.BuildId.Length > 0 && file.BuildId.Length > 0 && mapping.BuildId != file.BuildId)
            throw new SymbolizationException($"build ID mismatch: {file.Path} has {file.BuildId}");

        await using var code = new MappedCode(file, mapping, tools, isFast);
        ulong[] addresses = [.. wanted.Select(location => profile.Locations[location].Address)];
        ImmutableArray<SymbolFrame>[] frames = await code.FramesAsync(addresses, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < wanted.Count; i++)
        {
            if (frames[i].IsEmpty)
                continue;

            editor.SetLines(wanted[i], Lines(frames[i], editor));
            mapping = WithKnown(mapping, frames[i]);
        }

        editor.SetMapping(id, mapping);
    }

    private static Line[] Lines(ImmutableArray<SymbolFrame> frames, SymbolEditor editor) =>
        [.. frames.Select(frame => new Line(editor.Function(frame.Function, frame.Function, frame.File, frame.StartLine), frame.Line, frame.Column))];

    private static Mapping WithKnown(Mapping mapping, ImmutableArray<SymbolFrame> frames)
    {
        foreach (SymbolFrame frame in frames)
        {
            mapping = mapping with
            {
                HasFunctions = mapping.HasFunctions || frame.Function.Length > 0,
                HasFilenames = mapping.HasFilenames || frame.File.Length > 0,
                HasLineNumbers = mapping.HasLineNumbers || frame.Line != 0,
                HasInlineFrames = true,
            };
        }

        return mapping;
    }

    /// <summary>For each mapping the addresses that lack symbols. Frames that came by name alone have no address to look up.</summary>
    private static List<LocationId>[] Wanted(Profile profile, bool isForced)
    {
        var lists = new List<LocationId>[profile.Mappings.Count];
        for (int i = 0; i < lists.Length; i++)
            lists[i] = [];

        for (int i = 0; i < profile.Locations.Count; i++)
        {
            Location location = profile.Locations[new LocationId(i)];
            if (!location.Mapping.IsNone && location.Address != 0 && (isForced || location.Lines.IsEmpty))
                lists[location.Mapping.Index].Add(location.Id);
        }

        return lists;
    }

    private static bool IsSymbolized(Mapping mapping) => mapping.HasFunctions || mapping.HasFilenames || mapping.HasLineNumbers;

    /// <summary>Mappings that no file is behind: code the kernel lends, graphics memory, code made at run time, or a service's address.</summary>
    private static bool IsWithoutFile(Mapping mapping)
    {
        string name = mapping.File[(mapping.File.LastIndexOf('/') + 1)..];
        return name.StartsWith('[') || name.StartsWith("linux-vdso", StringComparison.Ordinal) || mapping.File == "//anon"
            || mapping.File.StartsWith("/dev/dri/", StringComparison.Ordinal) || mapping.File.StartsWith("/memfd:", StringComparison.Ordinal)
            || (mapping.BuildId.Length == 0 && (mapping.File.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || mapping.File.StartsWith("https://", StringComparison.OrdinalIgnoreCase)));
    }
}
