using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Plumb.Profiles.LegacyText;

/// <summary>
/// One line of a listing of mappings: <c>00400000-00fcb000 r-xp 00001000 fd:01 123 /bin/shop</c> of /proc/self/maps, or the brief
/// <c>400000-fcb000: /bin/shop (@1000) build-id</c>, in which all but the range may be missing.
/// </summary>
internal static class MappingLine
{
    private static readonly SearchValues<byte> Permissions = SearchValues.Create("-rwxps"u8);

    /// <param name="line">Without a log prefix.</param>
    /// <param name="mapping">Null when the line is a mapping, but not of code.</param>
    /// <returns>False when the line is no mapping.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out Mapping? mapping)
    {
        mapping = null;
        var scanner = new TextScanner(line);
        if (!TryTakeRange(ref scanner, out ulong start, out ulong limit))
            return false;

        ReadOnlySpan<byte> permissions = TakePermissions(ref scanner);
        if (!permissions.IsEmpty && !permissions.Contains((byte)'x'))
            return true;

        ReadOnlySpan<byte> buildId = default;
        if (!TryTakeProcFields(scanner, out ulong offset, out ReadOnlySpan<byte> file))
            TakeBriefFields(scanner, out offset, out file, out buildId);

        mapping = new Mapping(start, limit, offset, Encoding.UTF8.GetString(file), Encoding.UTF8.GetString(buildId));
        return true;
    }

    private static bool TryTakeRange(ref TextScanner scanner, out ulong start, out ulong limit)
    {
        limit = 0;
        scanner.SkipSpaces();
        if (!TryTakeAddress(ref scanner, out start))
            return false;

        scanner.TryTake("-"u8);
        scanner.SkipSpaces();
        if (!TryTakeAddress(ref scanner, out limit))
            return false;

        scanner.TryTake(":"u8);
        return true;
    }

    private static bool TryTakeAddress(ref TextScanner scanner, out ulong address)
    {
        scanner.TryTake("0x"u8);
        ReadOnlySpan<byte> digits = scanner.TakeHexDigits();
        return Utf8Parser.TryParse(digits, out address, out _, 'x');
    }

    private static ReadOnlySpan<byte> TakePermissions(ref TextScanner scanner)
    {
        TextScanner ahead = scanner;
        ahead.SkipSpaces();
        ReadOnlySpan<byte> word = ahead.TakeWord();
        if (word.IsEmpty || word.IndexOfAnyExcept(Permissions) >= 0)
            return default;

        scanner = ahead;
        return word;
    }

    /// <summary>Offset, device, inode and file; device and inode tell this form from the brief one.</summary>
    private static bool TryTakeProcFields(TextScanner scanner, out ulong offset, out ReadOnlySpan<byte> file)
    {
        offset = 0;
        file = default;
        scanner.SkipSpaces();
        ReadOnlySpan<byte> device = scanner.TakeWord();
        if (device.IndexOf((byte)':') < 0)
        {
            if (!Utf8Parser.TryParse(device, out offset, out int digits, 'x') || digits != device.Length)
                return false;

            scanner.SkipSpaces();
            device = scanner.TakeWord();
        }

        scanner.SkipSpaces();
        if (!IsDevice(device) || !scanner.TryTakeNumber(out _))
            return false;

        scanner.SkipSpaces();
        file = scanner.TakeWord();
        return true;
    }

    private static bool IsDevice(ReadOnlySpan<byte> word)
    {
        var scanner = new TextScanner(word);
        return scanner.TakeHexDigits().Length > 0 && scanner.TryTake(":"u8) && scanner.TakeHexDigits().Length > 0 && scanner.AtEnd;
    }

    private static void TakeBriefFields(TextScanner scanner, out ulong offset, out ReadOnlySpan<byte> file, out ReadOnlySpan<byte> buildId)
    {
        scanner.SkipSpaces();
        file = scanner.TakeWord();
        scanner.SkipSpaces();
        offset = 0;
        if (scanner.TryTake("(@"u8) && Utf8Parser.TryParse(scanner.TakeHexDigits(), out offset, out _, 'x'))
            scanner.TryTake(")"u8);

        scanner.SkipSpaces();
        buildId = scanner.TakeHexDigits();
    }
}
