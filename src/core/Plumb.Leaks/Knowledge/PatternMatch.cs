using Plumb.Leaks.Stacks;

namespace Plumb.Leaks.Knowledge;

/// <summary>A pattern's answer and the evidence that it found.</summary>
public sealed record PatternMatch(PatternVerdict Verdict, IReadOnlyList<string> Evidence)
{
    public static PatternMatch No { get; } = new(PatternVerdict.No, []);

    /// <summary>A better line to blame than the one nearest the leaf, leaf-first stack with the line to blame as its last frame that
    /// is the application's; null when the pattern knows no better.</summary>
    public IReadOnlyList<Frame>? AnchorStack { get; init; }

    /// <summary>The frame of <see cref="AnchorStack"/> to blame.</summary>
    public Frame? Anchor { get; init; }

    /// <summary>Functions that only suffer, with the reason.</summary>
    public string? VictimReason { get; init; }

    public static PatternMatch Yes(params IReadOnlyList<string> evidence) => new(PatternVerdict.Yes, evidence);

    public static PatternMatch Unsure(params IReadOnlyList<string> evidence) => new(PatternVerdict.Unsure, evidence);
}
