namespace Plumb.Collectors.Recording;

/// <summary>A saved series, read.</summary>
/// <param name="Captures">In the order of their sequence numbers.</param>
/// <param name="Notes">What was missing or not usable, and so left out.</param>
public sealed record SeriesReading(IReadOnlyList<Capture> Captures, IReadOnlyList<string> Notes);
