using Plumb.Leaks.Growth;

namespace Plumb.Leaks.Comparison;

/// <summary>Whether two estimates differ by more than their errors allow (Welch 1947: the errors need not be alike).</summary>
public static class WelchTest
{
    /// <summary>Chance of so large a difference, either way, when there is none; 1 when one of the two is not known.</summary>
    public static double P(Estimate old, Estimate @new)
    {
        if (!old.IsKnown || !@new.IsKnown) return 1;
        var a = old.Error * old.Error;
        var b = @new.Error * @new.Error;
        var difference = Math.Abs(@new.Value - old.Value);
        if (a + b <= 0) return difference > 0 ? 0 : 1;
        return Math.Min(1, 2 * Tail(difference / Math.Sqrt(a + b), Degrees(a, old.Degrees, b, @new.Degrees)));
    }

    private static double Degrees(double a, double degreesOfA, double b, double degreesOfB) =>
        (a + b) * (a + b) / ((a * a / degreesOfA) + (b * b / degreesOfB));

    private static double Tail(double t, double degrees) =>
        double.IsFinite(degrees) ? Distributions.StudentUpperTail(t, degrees) : Distributions.NormalUpperTail(t);
}
