namespace Plumb.Profiles.Units;

/// <summary>Converts amounts between units.</summary>
public static class UnitScale
{
    /// <summary>Asks for the unit in which the one value reads best.</summary>
    public const string Auto = "auto";

    /// <summary>Asks for one unit in which all values of a report read well.</summary>
    public const string Minimum = "minimum";

    /// <param name="value">The amount in <paramref name="from"/>.</param>
    /// <param name="to">A unit, <see cref="Auto"/> or <see cref="Minimum"/>.</param>
    /// <returns>The amount and the unit to print after it; empty for units that say nothing, such as <c>count</c>.</returns>
    public static (double Amount, string Unit) Convert(long value, string from, string to)
    {
        // long.MinValue has no positive twin; as a double it converts like any other.
        if (value < 0 && value != long.MinValue)
        {
            (double amount, string unit) = Convert(-value, from, to);
            return (-amount, unit);
        }

        if (UnitFamily.TryFind(from, out UnitFamily? family, out Unit? source))
        {
            double amount = value * source.Factor;
            Unit target = to is Auto or Minimum ? family.Natural(amount) : family.Find(to) ?? family.Fallback;
            return (amount / target.Factor, target.Symbol);
        }

        return (value, to is "count" or "sample" or "unit" or Auto or Minimum ? "" : to);
    }

    /// <summary>How many <paramref name="to"/> make one <paramref name="from"/>; 1 when either is unknown.</summary>
    public static double Ratio(string from, string to) => Convert(1, from, to).Amount;

    /// <summary>Whether two sample types measure the same thing, perhaps in different units: same name but for a plural s, same family.</summary>
    public static bool AreComparable(SampleType left, SampleType right) =>
        Singular(left.Type) == Singular(right.Type) && (left.Unit == right.Unit || ShareFamily(left.Unit, right.Unit));

    /// <summary>The finer of two comparable units: the one that loses nothing.</summary>
    public static string Finer(string left, string right) => Ratio(right, left) < 1 ? right : left;

    private static bool ShareFamily(string left, string right) =>
        UnitFamily.TryFind(left, out UnitFamily? family, out _) && family.Find(right) is not null;

    private static string Singular(string type) => type.EndsWith('s') ? type[..^1] : type;
}
