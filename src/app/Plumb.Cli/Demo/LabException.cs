namespace Plumb.Cli.Demo;

/// <summary>Something that the lab needs is missing or did not start. The message says what, and what to do.</summary>
internal sealed class LabException(string message) : Exception(message);
