namespace Plumb.Cli.Pprof.Sources;

/// <summary>A profile could not be fetched.</summary>
internal sealed class SourceException(string message) : Exception(message);
