using System.Globalization;
using System.Text;

namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>How many columns of a terminal text takes. East Asian characters take two, marks that sit on others none.</summary>
internal static class TextCells
{
    // Blocks of wide characters (Unicode's EastAsianWidth.txt, W and F), joined where what lies between is not used.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115f), (0x2e80, 0x303e), (0x3041, 0x33ff), (0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xa000, 0xa4cf), (0xac00, 0xd7a3),
        (0xf900, 0xfaff), (0xfe30, 0xfe6f), (0xff00, 0xff60), (0xffe0, 0xffe6), (0x1f300, 0x1f64f), (0x1f900, 0x1f9ff), (0x20000, 0x3fffd),
    ];

    public static int Of(Rune rune)
    {
        if (rune.Value < 0x300)
            return 1;

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;

        return Array.Exists(Wide, block => rune.Value >= block.First && rune.Value <= block.Last) ? 2 : 1;
    }

    public static int Of(string text)
    {
        int cells = 0;
        foreach (Rune rune in text.EnumerateRunes())
            cells += Of(rune);

        return cells;
    }
}
