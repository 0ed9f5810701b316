using System.Collections.Immutable;

namespace Plumb.Reports.Listing;

/// <summary>A source file, or why there is none.</summary>
/// <param name="Lines">The lines, without their ends.</param>
/// <param name="Error">What went wrong and where was looked; null when the file was found.</param>
public sealed record SourceText(ImmutableArray<string> Lines, string? Error = null)
{
    public static SourceText Missing(string error) => new([], error);
}
