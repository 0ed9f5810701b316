namespace Plumb.Reports.Pictures;

/// <summary>
/// How wide texts are in a sans-serif font: the widths of Helvetica, which Arial, Liberation Sans and others share. Pictures also tell the
/// viewer the width, so that a text fits its box in any font.
/// </summary>
internal static class TextWidths
{
    // Of the characters from space to tilde, in thousandths of the font size (Adobe's font metrics for Helvetica).
    private static ReadOnlySpan<short> Helvetica =>
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private const int Other = 600;
    private const int Ideograph = 1000;

    public static double Of(string text, double fontSize)
    {
        long width = 0;
        foreach (char c in text)
            width += c is >= ' ' and <= '~' ? Helvetica[c - ' '] : c < '\u1100' ? Other : Ideograph;

        return width * fontSize / 1000;
    }
}
