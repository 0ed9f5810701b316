namespace Plumb.Cli.Pprof;

/// <summary>What a run of <c>plumb pprof</c> touches of the machine; tests put their own in its place.</summary>
/// <param name="Out">Receives the report and nothing else.</param>
/// <param name="Error">Receives everything that is said beside the report.</param>
/// <param name="IsTerminal">Whether a person sees <paramref name="Out"/> as it is written.</param>
/// <param name="Directory">Where relative paths start.</param>
/// <param name="Environment">Reads a variable of the environment.</param>
/// <param name="TimeZone">The zone in which times are shown.</param>
internal sealed record PprofHost(
    Stream Out, TextWriter Error, bool IsTerminal, string Directory, Func<string, string?> Environment, TimeZoneInfo TimeZone)
{
    /// <summary>What is typed into the shell. Opened when the shell is.</summary>
    public Func<TextReader> Input { get; init; } = () => TextReader.Null;
}
