namespace Plumb.Collectors.Loading.Requests;

/// <summary>What an access log says was requested.</summary>
/// <param name="Entries">Each different request once, the most frequent first.</param>
/// <param name="Lines">Lines that named a request.</param>
/// <param name="Notes">What was left out, in sentences.</param>
public sealed record AccessLog(IReadOnlyList<AccessLogEntry> Entries, long Lines, IReadOnlyList<string> Notes);
