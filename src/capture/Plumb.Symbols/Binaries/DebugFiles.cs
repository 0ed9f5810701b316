using Plumb.Symbols.Elf;

namespace Plumb.Symbols.Binaries;

/// <summary>Finds the symbols that were taken out of a binary, where debuggers look for them: by build id, or by the name in the binary.</summary>
internal static class DebugFiles
{
    private const string SystemFolder = "/usr/lib/debug";

    /// <summary>The file with the symbols; null when there is none that belongs to the binary.</summary>
    public static ObjectFile? Find(ObjectFile binary)
    {
        foreach (string candidate in Candidates(binary))
        {
            if (candidate != binary.Path && File.Exists(candidate) && ObjectFile.TryOpen(candidate) is { } file && file.Elf.HasSymbols && Belongs(file, binary))
                return file;
        }

        return null;
    }

    private static IEnumerable<string> Candidates(ObjectFile binary)
    {
        if (binary.BuildId.Length > 2)
            yield return Path.Combine(SystemFolder, ".build-id", binary.BuildId[..2], binary.BuildId[2..] + ".debug");

        if (binary.Elf.DebugLink is not { } link)
            yield break;

        string folder = Path.GetDirectoryName(binary.Path)!;
        yield return Path.Combine(folder, link.Name);
        yield return Path.Combine(folder, ".debug", link.Name);
        yield return Path.Join(SystemFolder, folder, link.Name);
    }

    // The symbols of another build have other addresses.
    private static bool Belongs(ObjectFile symbols, ObjectFile binary) => binary.BuildId.Length > 0
        ? symbols.BuildId == binary.BuildId
        : binary.Elf.DebugLink is { } link && TryChecksum(symbols) == link.Checksum;

    private static uint? TryChecksum(ObjectFile file)
    {
        try
        {
            using Stream stream = file.OpenRead();
            return Crc32.Of(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ElfFormatException)
        {
            return null;
        }
    }
}
