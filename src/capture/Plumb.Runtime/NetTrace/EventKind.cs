namespace Plumb.Runtime.NetTrace;

/// <summary>What the trace says once of all events of a kind.</summary>
internal sealed record EventKind(string Provider, int Id, int Version);
