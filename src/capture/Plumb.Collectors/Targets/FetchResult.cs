namespace Plumb.Collectors.Targets;

/// <summary>What came of one request: a <see cref="FetchedBody"/> or a <see cref="FetchFailure"/>. An unreachable target is
/// something that a recorder expects, so it is a value and not an exception.</summary>
/// <param name="Address">The address that was asked, without userinfo.</param>
public abstract record FetchResult(Uri Address);

/// <param name="Address">The address that answered.</param>
/// <param name="Bytes">The whole body, with any Content-Encoding undone; a profile is usually still gzipped.</param>
/// <param name="MediaType">The media type that the target claims, or empty.</param>
/// <param name="Took">From sending the request to the last byte.</param>
public sealed record FetchedBody(Uri Address, ReadOnlyMemory<byte> Bytes, string MediaType, TimeSpan Took) : FetchResult(Address);
