using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Scoring;

/// <summary>One trial, what was answered, and how right that was.</summary>
internal sealed record Outcome(Trial Trial, Answer Answer)
{
    private Truth Truth => Trial.Series.Truth;

    private AnswerFinding? First => Answer.Leaks.FirstOrDefault();

    public bool Leaks => Truth.Leaks;

    public bool IsFlagged => Answer.IsLeak;

    public bool IsFound => Leaks && IsFlagged;

    public bool IsFalseAlarm => !Leaks && IsFlagged;

    /// <summary>Neither called a leak nor cleared.</summary>
    public bool IsUndecided => Answer.Verdict is "suspicious" or "inconclusive";

    /// <summary>The first finding names a function that is exactly right.</summary>
    public bool IsRightFunction => First is { } first && FunctionNames.Contains(Truth.ExactFunctions, first.Function);

    /// <summary>The first finding names a right function or one beside it.</summary>
    public bool IsNear => IsRightFunction || (First is { } first && FunctionNames.Contains(Truth.NearFunctions, first.Function));

    /// <summary>Null where the truth does not say.</summary>
    public bool? IsRightCause => Truth.Cause is { } causes && First is { } first ? Causes.IsOneOf(first, causes) : null;

    public int Findings => Answer.Leaks.Count();

    /// <summary>What went wrong, in words; null when nothing did.</summary>
    public string? Fault => this switch
    {
        { IsFalseAlarm: true } => $"healthy, called a leak: {Describe(First!)}",
        { Leaks: true, IsFlagged: false } => $"missed: {Answer.Verdict}: {Answer.Reason}",
        { Leaks: true, IsRightFunction: false } =>
            $"wrong function{(IsNear ? " (near)" : "")}: {Describe(First!)} instead of {string.Join(" or ", Truth.ExactFunctions)}",
        { Leaks: true, IsRightCause: false } => $"wrong cause: {First!.Pattern ?? First.Title} instead of {string.Join(" or ", Truth.Cause!)}",
        { Leaks: true, Findings: > 1 } => $"{Findings} findings: {string.Join("; ", Answer.Leaks.Select(Describe))}",
        _ => null,
    };

    /// <summary>Whether a finding, of any verdict, points at the defect.</summary>
    public bool IsRight(AnswerFinding finding) =>
        Leaks && (FunctionNames.Contains(Truth.ExactFunctions, finding.Function) || FunctionNames.Contains(Truth.NearFunctions, finding.Function));

    private static string Describe(AnswerFinding finding) =>
        FormattableString.Invariant($"{finding.Function} ({finding.Pattern ?? finding.Title}, {string.Join("+", finding.Resources)}, {finding.Confidence:0.00})");
}
