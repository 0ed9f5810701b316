namespace Plumb.Cli.Leaks.Rendering;

/// <summary>The escape sequences of a report; all empty where the reader is not a terminal.</summary>
internal sealed record Palette
{
    public static Palette None { get; } = new();

    public static Palette Ansi { get; } = new()
    {
        Bold = "\u001b[1m",
        Dim = "\u001b[2m",
        Red = "\u001b[1;31m",
        Green = "\u001b[1;32m",
        Yellow = "\u001b[1;33m",
        Blue = "\u001b[36m",
        Reset = "\u001b[0m",
    };

    public string Bold { get; private init; } = "";

    public string Dim { get; private init; } = "";

    public string Red { get; private init; } = "";

    public string Green { get; private init; } = "";

    public string Yellow { get; private init; } = "";

    public string Blue { get; private init; } = "";

    public string Reset { get; private init; } = "";
}
