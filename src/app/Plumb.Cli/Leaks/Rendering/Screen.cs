namespace Plumb.Cli.Leaks.Rendering;

/// <summary>What a terminal report is written for.</summary>
/// <param name="Width">Characters to a line.</param>
internal sealed record Screen(Palette Palette, int Width)
{
    private const int PlainWidth = 100;

    /// <summary>A pipe or a file: no colours, a width that fits most places.</summary>
    public static Screen Plain { get; } = new(Palette.None, PlainWidth);

    /// <summary>Whether the terminal says of itself that it understands no escape sequences.</summary>
    public static bool IsDumb => Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";

    /// <summary>Whether a terminal is written to in colours: neither the option nor the variable says no.</summary>
    public static bool HasColors(bool noColor) => !noColor && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>The screen behind stdout.</summary>
    public static Screen OfOutput(bool noColor)
    {
        if (Console.IsOutputRedirected || IsDumb)
        {
            return Plain;
        }

        return new Screen(HasColors(noColor) ? Palette.Ansi : Palette.None, Console.WindowWidth);
    }
}
