namespace Plumb.Reports.Top;

/// <param name="Name">Function, line, file or address.</param>
/// <param name="Flat">Sum of the samples whose leaf it is, in the sample type's unit; the mean when one is asked for.</param>
/// <param name="RunningFlat">Sum of <paramref name="Flat"/> of this row and those above.</param>
/// <param name="Cum">Sum of the samples with it anywhere on the stack, each sample once.</param>
/// <param name="Inlining">Whether it was inlined into its callers.</param>
public readonly record struct TopRow(string Name, long Flat, long RunningFlat, long Cum, Inlining Inlining);
