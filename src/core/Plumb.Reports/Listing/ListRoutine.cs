using System.Collections.Immutable;

namespace Plumb.Reports.Listing;

/// <param name="File">Empty when the profile does not say.</param>
/// <param name="Flat">Sum of the samples whose leaf is in the function.</param>
/// <param name="Cum">Sum of the samples with the function on the stack, each once.</param>
/// <param name="Error">Why there are no lines; null when there are.</param>
public sealed record ListRoutine(string Name, string File, long Flat, long Cum, ImmutableArray<ListLine> Lines, string? Error);

/// <param name="Number">From 1.</param>
/// <param name="Flat">Sum of the samples whose leaf is on the line.</param>
/// <param name="Cum">Sum of the samples with the line on the stack.</param>
public readonly record struct ListLine(long Number, long Flat, long Cum, string Text);
