using System.Text;

namespace Plumb.Symbols.Elf;

/// <summary>Says in which file the symbols are that were taken out of a binary.</summary>
/// <param name="Name">Of the file, without folders.</param>
/// <param name="Checksum">Of the whole file.</param>
/// <remarks>The section <c>.gnu_debuglink</c>: a name that ends in zero, filled up to four bytes, and a CRC-32.</remarks>
public readonly record struct ElfDebugLink(string Name, uint Checksum)
{
    private const string SectionName = ".gnu_debuglink";
    private const int LongestName = 4096;
    private const int ChecksumSize = 4;

    /// <summary>What the sections of a file say; null when they say nothing, or nothing that makes sense.</summary>
    internal static ElfDebugLink? Read(ElfInput input, IEnumerable<ElfSection> sections)
    {
        foreach (ElfSection section in sections)
        {
            if (section.Name == SectionName && section.IsInFile && section.Size is > ChecksumSize and <= LongestName)
                return Parse(input, input.Bytes(section.Offset, section.Size, "the link to the symbols"));
        }

        return null;
    }

    // A name with folders in it was not written by a linker.
    private static ElfDebugLink? Parse(ElfInput input, ReadOnlySpan<byte> link)
    {
        int end = link[..^ChecksumSize].IndexOf((byte)0);
        if (end <= 0)
            return null;

        string name = Encoding.UTF8.GetString(link[..end]);
        return name.Contains('/', StringComparison.Ordinal) || name is "." or ".." ? null : new ElfDebugLink(name, input.Word(link[^ChecksumSize..]));
    }
}
