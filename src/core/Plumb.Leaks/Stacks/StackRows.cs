namespace Plumb.Leaks.Stacks;

internal static class StackRows
{
    /// <summary>Nothing at every point that has a profile, and no number at the others.</summary>
    public static double[] New(bool[] isMissing) => Array.ConvertAll(isMissing, missing => missing ? double.NaN : 0);

    /// <summary>Adds at every point; what is not known of one is not known of the sum.</summary>
    public static void Add(double[] to, double[] more)
    {
        for (var i = 0; i < to.Length; i++) to[i] += more[i];
    }
}
