using Plumb.Profiles;

namespace Plumb.Runtime.Tests;

/// <summary>Sums a profile as a reader of it would.</summary>
internal static class Stacks
{
    /// <summary>The value of all samples that have a function whose name ends so.</summary>
    public static long Cum(Profile profile, string function, int value)
    {
        long sum = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            sum += Functions(profile, sample).Exists(name => name.EndsWith(function, StringComparison.Ordinal)) ? sample.Values[value] : 0;
        }

        return sum;
    }

    public static long Total(Profile profile, int value)
    {
        long sum = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
            sum += profile.Sample(i).Values[value];
        return sum;
    }

    /// <summary>Leaf first.</summary>
    public static List<string> Functions(Profile profile, Sample sample)
    {
        var names = new List<string>();
        foreach (LocationId location in sample.Stack)
        {
            foreach (Line line in profile.Locations.Lines(location))
                names.Add(profile.Function(line.Function).Name);
        }

        return names;
    }

    /// <summary>Of a goroutine profile: how many, in which state, and where, leaf first.</summary>
    public static string[] Rows(Profile profile)
    {
        var rows = new List<string>();
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            rows.Add($"{sample.Values[0]} {profile.Strings[sample.Labels[0].Text]}: {string.Join(" < ", Functions(profile, sample))}");
        }

        return [.. rows];
    }

    /// <summary>The lines at which the profile saw a function.</summary>
    public static SortedSet<long> Lines(Profile profile, string function)
    {
        var lines = new SortedSet<long>();
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            foreach (LocationId location in profile.Sample(i).Stack)
            {
                foreach (Line line in profile.Locations.Lines(location))
                {
                    if (profile.Function(line.Function).Name.EndsWith(function, StringComparison.Ordinal))
                        lines.Add(line.Number);
                }
            }
        }

        return lines;
    }
}
