namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>The keyboard and screen that a line is edited on; tests put their own in its place.</summary>
internal interface ITerminal
{
    /// <summary>Columns of the screen; may change between two calls.</summary>
    int Width { get; }

    /// <summary>Whether a key is waiting, as happens when text is pasted.</summary>
    bool HasKey { get; }

    /// <summary>Until the result is disposed of, Ctrl-C is a key like any other and nothing typed is echoed.</summary>
    IDisposable TakeKeys();

    /// <summary>Waits for a key; null when the terminal has gone.</summary>
    ConsoleKeyInfo? ReadKey();

    void Write(string text);
}
