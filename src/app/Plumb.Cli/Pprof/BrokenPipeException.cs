namespace Plumb.Cli.Pprof;

/// <summary>Whoever read the output has had enough.</summary>
internal sealed class BrokenPipeException() : IOException("broken pipe");
