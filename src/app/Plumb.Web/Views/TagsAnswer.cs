using System.Collections.Immutable;
using Plumb.Reports;
using Plumb.Reports.Tags;

namespace Plumb.Web.Views;

/// <summary>The labels of the samples, by key.</summary>
internal sealed record TagsAnswer(ViewHeader View, ImmutableArray<TagKeyAnswer> Keys)
{
    private const int MaxValues = 1000;

    public static TagsAnswer Of(TagsView view, Report report, ViewRequest request) => new(
        ViewHeader.Of(report, request, report.Options.Unit),
        [.. view.Keys.Select(key => new TagKeyAnswer(
            key.Name, key.Sum, key.Values.Length, [.. key.Values.Take(MaxValues).Select(value => new TagValueAnswer(value.Text, value.Sum))]))]);
}

/// <param name="Count">How many values there are, also when not all are here.</param>
/// <param name="Values">Heaviest first.</param>
internal sealed record TagKeyAnswer(string Name, long Sum, int Count, ImmutableArray<TagValueAnswer> Values);

internal sealed record TagValueAnswer(string Text, long Sum);
