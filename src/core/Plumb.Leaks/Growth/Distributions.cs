namespace Plumb.Leaks.Growth;

/// <summary>Upper tails of the two distributions that the trend tests need.</summary>
internal static class Distributions
{
    private const int MaxContinuedFractionSteps = 200;

    /// <summary>P(Z &gt; <paramref name="z"/>) for a standard normal Z; relative error below 2e-7 (Numerical Recipes' erfc fit).</summary>
    public static double NormalUpperTail(double z)
    {
        if (double.IsNaN(z)) return 1;
        var x = Math.Abs(z) / Math.Sqrt(2);
        var t = 1 / (1 + 0.5 * x);
        ReadOnlySpan<double> c =
        [
            -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806,
            0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277,
        ];
        var poly = 0.0;
        for (var i = c.Length - 1; i >= 0; i--) poly = poly * t + c[i];
        var tail = 0.5 * t * Math.Exp(-x * x + poly);
        return z >= 0 ? tail : 1 - tail;
    }

    /// <summary>P(T &gt; <paramref name="t"/>) for Student's T with <paramref name="degrees"/> degrees of freedom (&gt; 0).</summary>
    public static double StudentUpperTail(double t, double degrees)
    {
        if (double.IsNaN(t) || degrees <= 0) return 1;
        if (double.IsPositiveInfinity(t)) return 0;
        if (double.IsNegativeInfinity(t)) return 1;
        var both = RegularizedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
        return t >= 0 ? both / 2 : 1 - both / 2;
    }

    /// <summary>P(X ≤ <paramref name="successes"/>) for a binomial X; both numbers may be fractions, as events are after dividing by
    /// how many of them come at once.</summary>
    public static double BinomialLowerTail(double successes, double trials, double chance)
    {
        if (successes >= trials || trials <= 0) return 1;
        return chance <= 0 ? 1 : chance >= 1 ? 0 : RegularizedBeta(1 - chance, trials - Math.Max(0, successes), Math.Max(0, successes) + 1);
    }

    private static double RegularizedBeta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2)
            ? front * BetaFraction(x, a, b) / a
            : 1 - front * BetaFraction(1 - x, b, a) / b;
    }

    // Lentz's evaluation of the continued fraction of the incomplete beta function.
    private static double BetaFraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        var c = 1.0;
        var d = 1 / NonZero(1 - (a + b) * x / (a + 1), tiny);
        var h = d;
        for (var m = 1; m <= MaxContinuedFractionSteps; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NonZero(1 + even * d, tiny);
            c = NonZero(1 + even / c, tiny);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NonZero(1 + odd * d, tiny);
            c = NonZero(1 + odd / c, tiny);
            var step = d * c;
            h *= step;
            if (Math.Abs(step - 1) < 1e-12) break;
        }

        return h;
    }

    private static double NonZero(double value, double tiny) => Math.Abs(value) < tiny ? tiny : value;

    // Lanczos approximation, g = 7.
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> c =
        [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
            12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        x -= 1;
        var sum = c[0];
        for (var i = 1; i < c.Length; i++) sum += c[i] / (x + i);
        var t = x + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
