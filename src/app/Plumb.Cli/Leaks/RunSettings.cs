namespace Plumb.Cli.Leaks;

/// <summary>How a series is taken: what <c>plumb verify</c> repeats after the mend.</summary>
internal sealed record RunSettings(TimeSpan Every, int Snapshots)
{
    /// <summary>The load, as the user wrote it; null for none.</summary>
    public LoadSettings? Load { get; init; }
}

/// <param name="Address">A URL, or a path on the target.</param>
/// <param name="RatePerSecond">Requests each second.</param>
/// <param name="Connections">Keep-alive connections.</param>
internal sealed record LoadSettings(string Address, double RatePerSecond, int Connections);
