using System.Runtime.InteropServices;
using Plumb.Cli.Pprof.Shell.Editing;

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

    /// <summary>The terminal that the shell's lines are edited on; null where there is none. Opened when the shell is.</summary>
    public Func<ITerminal?> Terminal { get; init; } = () => null;

    /// <summary>Calls an action at each Ctrl-C, which no longer ends the process, until the result is disposed of.</summary>
    public Func<Action, IDisposable> OnInterrupt { get; init; } = static _ => new NoInterrupts();

    /// <summary>The host of a process of its own.</summary>
    public static PprofHost OfProcess(Stream output, TextWriter error) => new(
        output, error, !Console.IsOutputRedirected, System.IO.Directory.GetCurrentDirectory(), System.Environment.GetEnvironmentVariable, TimeZoneInfo.Local)
    {
        Input = () => Console.In,
        Terminal = () => SystemTerminal.Open(output, System.Environment.GetEnvironmentVariable),
        OnInterrupt = interrupted => PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            interrupted();
        }),
    };

    private sealed class NoInterrupts : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
