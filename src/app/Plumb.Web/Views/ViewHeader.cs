using System.Collections.Immutable;
using Plumb.Reports;

namespace Plumb.Web.Views;

/// <summary>What the answers for all views begin with.</summary>
/// <param name="Total">What percentages are of.</param>
/// <param name="Amounts">How to write amounts in the unit that suits all of the view.</param>
/// <param name="Natural">How to write an amount in the unit that suits it alone.</param>
/// <param name="Notes">What a person should be told beside the view.</param>
/// <param name="Invalid">Patterns that are taken literally, by parameter, with the reason.</param>
internal sealed record ViewHeader(
    string SampleType, long Total, AmountScale Amounts, AmountScale Natural, IReadOnlyList<string> Notes, ImmutableSortedDictionary<string, string> Invalid)
{
    public static ViewHeader Of(Report report, ViewRequest request, string unit) => new(
        report.SampleTypeName, report.Total, AmountScale.Of(report, unit), AmountScale.Of(report, Profiles.Units.UnitScale.Auto), report.Notes, request.Invalid());
}
