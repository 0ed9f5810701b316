namespace Plumb.Cli.Pprof;

/// <summary>What a mistyped name was probably meant to be.</summary>
internal static class Suggestion
{
    /// <summary>The name that takes the fewest slips of the fingers; null when none is near.</summary>
    public static string? For(string typed, IEnumerable<string> names)
    {
        string? nearest = null;
        int fewest = Tolerance(typed) + 1;
        foreach (string name in names)
        {
            int slips = Math.Abs(name.Length - typed.Length) < fewest ? Slips(typed, name) : fewest;
            if (slips < fewest)
                (nearest, fewest) = (name, slips);
        }

        return nearest;
    }

    private static int Tolerance(string typed) => typed.Length switch
    {
        < 3 => 0,
        < 6 => 1,
        _ => 2,
    };

    // Letters too many, too few or wrong, and neighbours swapped: the distance of Damerau in its restricted form.
    private static int Slips(string one, string other)
    {
        int[] before = new int[other.Length + 1], last = [.. Enumerable.Range(0, other.Length + 1)], row = new int[other.Length + 1];
        for (int i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[other.Length];
    }
}
