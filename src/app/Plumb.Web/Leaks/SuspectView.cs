using System.Collections.Immutable;

namespace Plumb.Web.Leaks;

/// <summary>One defect, and all that is known of it.</summary>
public sealed record SuspectView
{
    public required string Title { get; init; }

    public required string Function { get; init; }

    /// <summary>File and line, short; empty when unknown.</summary>
    public required string Place { get; init; }

    /// <summary>leak, suspicious or inconclusive.</summary>
    public required string Verdict { get; init; }

    /// <summary>How fast it grows.</summary>
    public required string Growth { get; init; }

    /// <summary>The verdict and how sure it is, in words.</summary>
    public required string Certainty { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>What grows, the strongest evidence first.</summary>
    public required ImmutableArray<string> Resources { get; init; }

    /// <summary>Id in the list of known patterns; null when none matched.</summary>
    public string? Pattern { get; init; }

    public required string Cause { get; init; }

    public required string Remedy { get; init; }

    /// <summary>Where to read more: an https address, else it is shown as text.</summary>
    public string? Reference { get; init; }

    public string? Forecast { get; init; }

    /// <summary>From the application's line towards the library.</summary>
    public ImmutableArray<FrameView> Stack { get; init; } = [];

    public ImmutableArray<FrameView> CreatedBy { get; init; } = [];

    public ImmutableArray<FrameView> OtherEnds { get; init; } = [];

    /// <summary>What suffers without being the cause, a line each.</summary>
    public ImmutableArray<string> Victims { get; init; } = [];

    public ExcerptView? Excerpt { get; init; }

    public ImmutableArray<CurveView> Evidence { get; init; } = [];

    /// <summary>How many more series speak for it than are shown.</summary>
    public int MoreEvidence { get; init; }

    /// <summary>Which profiles show it: heap or goroutine; null when neither does.</summary>
    public string? ProfileKind { get; init; }

    /// <summary>A pattern that finds the function in those profiles; null when they do not name it.</summary>
    public string? ProfilePattern { get; init; }
}

/// <param name="Owner">app, lib or std.</param>
/// <param name="IsHere">Whether it is the line to mend.</param>
public sealed record FrameView(string Function, string Place, string Owner, bool IsHere);

/// <summary>A few lines of a source file.</summary>
/// <param name="Path">Where the file is, from the root that it was found below.</param>
public sealed record ExcerptView(string Path, ImmutableArray<ExcerptLineView> Lines);

/// <param name="IsHere">Whether it is the line that is meant.</param>
public sealed record ExcerptLineView(int Number, string Text, bool IsHere);
