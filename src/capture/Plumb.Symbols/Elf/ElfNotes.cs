namespace Plumb.Symbols.Elf;

/// <summary>Reads the notes of a file: small records with an owner, a type and bytes.</summary>
internal static class ElfNotes
{
    private const uint GnuBuildId = 3;
    private const int LongestBuildId = 256;

    /// <summary>The GNU build id among the notes; null when there is none. Notes that make no sense hold none.</summary>
    public static string? BuildId(ElfInput input, ulong offset, ulong size, ulong alignment, ElfLimits limits)
    {
        ReadOnlySpan<byte> rest = input.Bytes(offset, size, "notes", limits.MaxNoteBytes);
        // Notes of 64-bit files are padded to four bytes too, unless they say eight.
        int padding = alignment == 8 ? 8 : 4;
        while (rest.Length >= 12)
        {
            uint nameSize = input.Word(rest), bodySize = input.Word(rest[4..]), type = input.Word(rest[8..]);
            long bodyStart = Aligned(12L + nameSize, padding);
            if (bodyStart + bodySize > rest.Length)
                return null;

            ReadOnlySpan<byte> body = rest.Slice((int)bodyStart, (int)bodySize);
            if (type == GnuBuildId && body.Length is > 0 and <= LongestBuildId && rest.Slice(12, (int)nameSize).SequenceEqual("GNU\0"u8))
                return Convert.ToHexStringLower(body);

            rest = rest[(int)Math.Min(Aligned(bodyStart + bodySize, padding), rest.Length)..];
        }

        return null;
    }

    private static long Aligned(long size, int padding) => (size + padding - 1) & ~(padding - 1L);
}
