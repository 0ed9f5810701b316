using System.Globalization;
using System.Text;
using Plumb.Profiles;

namespace Plumb.AspNetCore;

/// <summary>A profile of counts and times as people read it at <c>debug=1</c>: the largest first, each with its stack.</summary>
internal static class CountText
{
    public static string Write(string name, Profile profile)
    {
        var text = new StringBuilder();
        int values = profile.SampleTypes.Length;
        // Times say more than how often; they stand last.
        int[] order = [.. Enumerable.Range(0, profile.Samples.Count).OrderByDescending(i => profile.Sample(i).Values[values - 1])];
        long[] sums = new long[values];
        foreach (int i in order)
        {
            for (int value = 0; value < values; value++)
                sums[value] += profile.Sample(i).Values[value];
        }

        Line(text, $"{name} profile: total {Values(profile, sums)}");
        foreach (string comment in profile.Header.Comments)
            Line(text, $"# {TerminalText.Escape(comment)}");
        foreach (int i in order)
            Sample(text, profile, profile.Sample(i));
        return text.ToString();
    }

    private static void Sample(StringBuilder text, Profile profile, Sample sample)
    {
        Line(text, $"\n{Values(profile, sample.Values)} @");
        foreach (Label label in sample.Labels)
            Line(text, $"#\t{profile.Strings[label.Key]}: {TerminalText.Escape(profile.Strings[label.Text])}");
        Places(text, profile, sample);
    }

    /// <summary>The places of a stack, a line each, leaf first.</summary>
    public static void Places(StringBuilder text, Profile profile, Sample sample)
    {
        foreach (LocationId location in sample.Stack)
        {
            foreach (Line line in profile.Locations.Lines(location))
            {
                Function function = profile.Function(line.Function);
                string place = function.File.Length == 0 ? "" : $"\t{TerminalText.Escape(function.File)}:{line.Number.ToString(CultureInfo.InvariantCulture)}";
                Line(text, $"#\t{TerminalText.Escape(function.Name)}{place}");
            }
        }
    }

    private static string Values(Profile profile, ReadOnlySpan<long> values)
    {
        var parts = new string[values.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = profile.SampleTypes[i].Unit == "nanoseconds"
                ? string.Create(CultureInfo.InvariantCulture, $"{values[i] / 1e6:0.###} ms")
                : values[i].ToString(CultureInfo.InvariantCulture);
        }

        return string.Join(' ', parts);
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
