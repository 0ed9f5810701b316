namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>Where the shell's lines come from.</summary>
internal interface ILineInput
{
    /// <returns>Null at the end.</returns>
    string? ReadLine(string prompt);
}
