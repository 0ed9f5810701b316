using System.Collections.Immutable;

namespace Plumb.Web.Live;

/// <summary>What the page is told of the last hour.</summary>
internal sealed record LiveAnswer
{
    public required string Title { get; init; }

    /// <summary>The number of the first row that is told; what the page has from it on is replaced.</summary>
    public required long First { get; init; }

    /// <summary>The number that the next row will have.</summary>
    public required long Next { get; init; }

    public required int Capacity { get; init; }

    public required bool IsAnswered { get; init; }

    public required bool HasEnded { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required ImmutableArray<double> Times { get; init; }

    /// <summary>By <see cref="LiveFigure"/>; null where not known. One that is not known in any row is left out.</summary>
    public required Dictionary<string, ImmutableArray<double?>> Figures { get; init; }

    /// <summary>TCP connections by state.</summary>
    public required Dictionary<string, ImmutableArray<double?>> States { get; init; }

    /// <summary>How many events there have been; not all of them are kept.</summary>
    public required long EventsTold { get; init; }

    /// <summary>All that are kept, the oldest first.</summary>
    public required ImmutableArray<LiveEventAnswer> Events { get; init; }

    public required ImmutableArray<CaptureKind> CaptureKinds { get; init; }
}

internal sealed record LiveEventAnswer(double At, string Kind, string Text, string? Profile);
