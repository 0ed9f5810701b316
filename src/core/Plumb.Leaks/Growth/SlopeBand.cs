namespace Plumb.Leaks.Growth;

/// <summary>A line through a series, with a 95 % band around its slope.</summary>
/// <param name="Slope">Units of y per unit of x.</param>
/// <param name="Low">Lower end of the band.</param>
/// <param name="High">Upper end of the band.</param>
/// <param name="Intercept">y at x = 0.</param>
public readonly record struct SlopeBand(double Slope, double Low, double High, double Intercept)
{
    public double At(double x) => Intercept + Slope * x;
}
