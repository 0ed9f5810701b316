using Plumb.Leaks.Diagnoses;

namespace Plumb.Cli.Leaks;

/// <summary>What <c>plumb leaks</c> tells a pipeline.</summary>
internal static class ExitCodes
{
    public const int NoLeak = 0;
    public const int Leak = 1;
    public const int Error = 2;

    /// <summary>Inconclusive, and suspicious too: neither is a proof, and a build that fails with 1 should have one.</summary>
    public const int Unproven = 3;

    /// <summary>Ended by a second Ctrl-C; 128 + SIGINT, as a shell reports it.</summary>
    public const int Interrupted = 130;

    public static int Of(LeakVerdict verdict) => verdict switch
    {
        LeakVerdict.None => NoLeak,
        LeakVerdict.Leak => Leak,
        _ => Unproven,
    };
}
