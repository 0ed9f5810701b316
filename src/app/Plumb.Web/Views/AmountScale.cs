using System.Collections.Immutable;
using Plumb.Profiles.Units;
using Plumb.Reports;

namespace Plumb.Web.Views;

/// <summary>
/// How the page writes amounts: the rules of <see cref="Reports.Measurements.AmountFormat"/> as data, because a page writes amounts of nodes that
/// the server has sent as numbers.
/// </summary>
/// <param name="Ratio">Each value is first multiplied by this and cut to a whole number; 1 for values as they are.</param>
/// <param name="Factor">The value's own unit, in the family's smallest.</param>
/// <param name="Units">Smallest first; one when the unit is fixed, else the largest is taken of which there is at least 1.</param>
/// <param name="Fallback">For what is less than 1 of any.</param>
internal sealed record AmountScale(double Ratio, double Factor, ImmutableArray<Unit> Units, Unit Fallback)
{
    /// <param name="unit">The unit to show, or <see cref="UnitScale.Auto"/>.</param>
    public static AmountScale Of(Report report, string unit)
    {
        double ratio = report.Options.DivideBy is > 0 and not 1 ? 1 / report.Options.DivideBy : 1;
        bool isFree = unit is UnitScale.Auto or UnitScale.Minimum;
        if (!UnitFamily.TryFind(report.SampleUnit, out UnitFamily? family, out Unit? source))
        {
            var plain = new Unit(UnitScale.Convert(1, report.SampleUnit, unit).Unit, 1);
            return new AmountScale(ratio, 1, [plain], plain);
        }

        Unit target = isFree ? family.Fallback : family.Find(unit) ?? family.Fallback;
        return new AmountScale(ratio, source.Factor, isFree ? family.Units : [target], target);
    }
}
