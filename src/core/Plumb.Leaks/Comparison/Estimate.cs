namespace Plumb.Leaks.Comparison;

/// <summary>A rate or a cost, and how well it is known.</summary>
/// <param name="Value">Per request, or per second where nobody counted requests.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Degrees">Degrees of freedom of the error; infinite for one that follows from the number of samples.</param>
public readonly record struct Estimate(double Value, double Error, double Degrees)
{
    public static Estimate Unknown { get; } = new(double.NaN, double.NaN, 0);

    public bool IsKnown => double.IsFinite(Value) && double.IsFinite(Error);
}
