using System.Globalization;

namespace Plumb.Reports.Dot;

/// <summary>Colours by weight: red for what costs, green for what was saved, grey for what does not matter.</summary>
internal static class DotColor
{
    // The share by which colours move away from grey, so that small differences show.
    private const double Shift = 0.7;
    private const double GreyBelow = 0.2;

    /// <param name="score">From -1, green, by way of 0, grey, to 1, red.</param>
    public static string Line(double score) => Of(score, saturation: 1, value: 0.7);

    /// <inheritdoc cref="Line"/>
    public static string Background(double score) => Of(score, saturation: 0.1, value: 0.93);

    private static string Of(double score, double saturation, double value)
    {
        score = double.IsNaN(score) ? score : Math.Clamp(score, -1, 1);
        if (Math.Abs(score) < GreyBelow)
            saturation *= Math.Abs(score) / GreyBelow;

        score = score > 0 ? Math.Pow(score, 1 - Shift) : score < 0 ? -Math.Pow(-score, 1 - Shift) : score;
        double red = score < 0 ? value * (1 + (saturation * score)) : value;
        double green = score < 0 ? value : value * (1 - (saturation * score));
        double blue = value * (1 - saturation);
        return string.Create(CultureInfo.InvariantCulture, $"#{Byte(red):x2}{Byte(green):x2}{Byte(blue):x2}");
    }

    private static byte Byte(double part) => double.IsNaN(part) ? (byte)0 : (byte)(part * 255);
}
