using System.Collections.Immutable;
using Plumb.Reports;
using Plumb.Reports.Top;

namespace Plumb.Web.Views;

/// <summary>The entries of a profile as columns.</summary>
/// <param name="Lines">What stands above the table in a text.</param>
/// <param name="Inlined">0 never, 1 sometimes, 2 always.</param>
internal sealed record TopAnswer(
    ViewHeader View, ImmutableArray<string> Lines, ImmutableArray<string> Names, ImmutableArray<long> Flat, ImmutableArray<long> Cum, ImmutableArray<int> Inlined)
{
    public static TopAnswer Of(TopView view, Report report, ViewRequest request) => new(
        ViewHeader.Of(report, request, view.Unit),
        view.Header,
        [.. view.Rows.Select(row => row.Name)],
        [.. view.Rows.Select(row => row.Flat)],
        [.. view.Rows.Select(row => row.Cum)],
        [.. view.Rows.Select(row => (int)row.Inlining)]);
}
