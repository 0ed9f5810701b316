using System.Collections.Immutable;

namespace Plumb.Reports.Tags;

/// <param name="Sum">Of the samples that have the key, once for each value they have for it.</param>
/// <param name="Values">Heaviest first.</param>
public sealed record TagKey(string Name, long Sum, ImmutableArray<TagValue> Values);

/// <param name="Text">The value; a number with its unit.</param>
/// <param name="Sum">Of the samples that have it.</param>
public readonly record struct TagValue(string Text, long Sum);
