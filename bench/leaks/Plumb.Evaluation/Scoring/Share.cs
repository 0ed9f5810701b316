namespace Plumb.Evaluation.Scoring;

/// <summary>So many of so many.</summary>
internal readonly record struct Share(int Part, int Of)
{
    /// <summary>NaN when there was nothing to count.</summary>
    public double Value => Of == 0 ? double.NaN : (double)Part / Of;

    public override string ToString() => Of == 0 ? "–" : FormattableString.Invariant($"{100 * Value:0.0} % ({Part}/{Of})");

    /// <summary>The 95 % interval after Wilson, which is of use for few and for all of them, where the usual one is a point.</summary>
    public (double Low, double High) Interval()
    {
        const double z = 1.96;
        double middle = (Value + z * z / (2 * Of)) / (1 + z * z / Of);
        double half = z / (1 + z * z / Of) * Math.Sqrt(Value * (1 - Value) / Of + z * z / (4.0 * Of * Of));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
