namespace Plumb.Collectors.Loading.Requests;

/// <summary>One request of an access log.</summary>
/// <param name="Method">As logged.</param>
/// <param name="Target">Path and query; begins with a slash.</param>
/// <param name="Count">How many lines said so.</param>
public sealed record AccessLogEntry(string Method, string Target, long Count);
