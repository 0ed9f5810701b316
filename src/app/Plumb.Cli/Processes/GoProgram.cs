using System.Globalization;
using Plumb.Profiles;
using Plumb.Symbols.Elf;

namespace Plumb.Cli.Processes;

/// <summary>Tells a Go program by what its linker writes into every one.</summary>
internal static class GoProgram
{
    private const string Mark = ".go.buildinfo";

    public static bool IsOne(int pid)
    {
        try
        {
            using FileStream file = File.OpenRead(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/exe"));
            return ElfFile.Read(file).Sections.Any(section => section.Name == Mark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ProfileFormatException or InvalidDataException)
        {
            return false;
        }
    }
}
