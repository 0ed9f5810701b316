using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Diagnoses;

/// <summary>One defect: everything that grows because of it, and the line to mend.</summary>
public sealed record Finding
{
    // Less than one in five minutes rounds to none a second.
    private const double NoMore = 0.003;

    /// <summary>The application's function to look at; a closure is given as the function that holds it. When no line of the
    /// application is known, the library function, and for a figure without any stack "(unknown)".</summary>
    public required string Function { get; init; }

    /// <summary>Path as compiled in; null when unknown.</summary>
    public string? File { get; init; }

    /// <summary>1-based; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>The exact frame that <see cref="Function"/>, <see cref="File"/> and <see cref="Line"/> come from; null without a stack.</summary>
    public Frame? Frame { get; init; }

    /// <summary>Id of the pattern in the knowledge base; null when none matched.</summary>
    public string? Pattern { get; init; }

    /// <summary>One line: what happens.</summary>
    public required string Title { get; init; }

    /// <summary>Why it grows.</summary>
    public required string Cause { get; init; }

    /// <summary>How to mend it.</summary>
    public required string Remedy { get; init; }

    /// <summary>Where to read more; null when there is nothing better than the cause.</summary>
    public string? Reference { get; init; }

    /// <summary>What grows, of goroutine, heap, fd, socket, thread, rss; the strongest evidence first.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>Growth of the first resource, in its unit, per second.</summary>
    public double PerSecond { get; init; }

    /// <summary>Growth of the first resource per request; null when requests were not counted.</summary>
    public double? PerRequest { get; init; }

    /// <summary>How many there are, where they do not become more while this was watched; null where they do.</summary>
    public double? Standing => Unit == "count" && Math.Abs(PerSecond) < NoMore && Evidence.Count > 0 && Evidence[0].Values.LastOrDefault(double.IsFinite) is > 0 and var last ? last : null;

    /// <summary>"count" or "bytes": the unit of the two figures above.</summary>
    public string Unit { get; init; } = "count";

    /// <summary>0 to 1: how often a finding with this evidence is right, in that there is a leak and in that it is this function's.</summary>
    public required double Confidence { get; init; }

    /// <summary>0 to 1: how sure it is that there is a leak, whosoever it is.</summary>
    public double GrowthConfidence { get; init; }

    /// <summary>Why it is this function and no other, in a few words.</summary>
    public string FoundBy { get; init; } = "";

    public required LeakVerdict Verdict { get; init; }

    /// <summary>From the application's line towards the library.</summary>
    public IReadOnlyList<Frame> Stack { get; init; } = [];

    /// <summary>Who started the goroutine, nearest first; empty when unknown or when it is a matter of heap only.</summary>
    public IReadOnlyList<Frame> CreatedBy { get; init; } = [];

    /// <summary>Other application functions that are part of the same defect, such as the other end of a deadlock.</summary>
    public IReadOnlyList<Frame> OtherEnds { get; init; } = [];

    public IReadOnlyList<Victim> Victims { get; init; } = [];

    public IReadOnlyList<EvidenceSeries> Evidence { get; init; } = [];

    /// <summary>When this finding's resource runs out; null when nothing is known to stop it.</summary>
    public Forecast? Forecast { get; init; }
}
