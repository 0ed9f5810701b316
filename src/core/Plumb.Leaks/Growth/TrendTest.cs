namespace Plumb.Leaks.Growth;

/// <summary>What a one-sided test for a rising trend found.</summary>
/// <param name="Score">Kendall's S: rising pairs less falling pairs.</param>
/// <param name="Pairs">How many pairs there are.</param>
/// <param name="Inflation">By how much autocorrelation widens the variance of S (Hamed and Rao 1998); at least 1.</param>
/// <param name="RankP">Chance of so high an S without any trend.</param>
/// <param name="LineP">Chance of so steep a fitted line without any trend, from the residuals around it.</param>
public readonly record struct TrendTest(int Score, int Pairs, double Inflation, double RankP, double LineP)
{
    public static TrendTest None { get; } = new(0, 0, 1, 1, 1);

    /// <summary>
    /// Both tests as one. Ranks alone cannot tell six points in perfect line from six that rise by luck (p is never below
    /// 1/720), which a bound over thousands of stacks would reject; the better of the two, doubled, can.
    /// </summary>
    public double P => Math.Min(1, 2 * Math.Min(RankP, LineP));
}
