namespace Plumb.Cli.Pprof.Sources;

/// <summary>A profile could not be fetched.</summary>
internal sealed class SourceException(string message) : Exception(message)
{
    /// <summary>A server was reached, and has nothing of that name.</summary>
    public bool IsNotFound { get; init; }
}
