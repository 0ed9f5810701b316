using System.Globalization;
using System.Text;
using Plumb.Profiles;

namespace Plumb.AspNetCore;

/// <summary>
/// A goroutine profile in the two texts of Go, so that what reads those reads it: <c>debug=1</c> by stack with counts, <c>debug=2</c> one by
/// one with what each waits for. Addresses mean nothing here; they tell the places of a stack apart.
/// </summary>
internal static class GoroutineText
{
    /// <summary>Where Go stops as well.</summary>
    private const int MaxChars = 64 << 20;
    private const int FirstAddress = 0x1000;
    private const int AddressStep = 16;
    private const string NoFile = "?";

    public static string Write(Profile profile, int debug) => debug == 1 ? ByStack(profile) : OneByOne(profile);

    private static string ByStack(Profile profile)
    {
        var text = new StringBuilder();
        var rows = new Dictionary<(StackId, string), (Sample First, long Count)>();
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            (StackId, string) key = (sample.StackId, State(profile, sample));
            rows[key] = rows.TryGetValue(key, out var row) ? (row.First, row.Count + sample.Values[0]) : (sample, sample.Values[0]);
        }

        Line(text, $"goroutine profile: total {rows.Values.Sum(row => Math.Max(0, row.Count))}");
        foreach (((_, string state), (Sample sample, long count)) in rows.Where(row => row.Value.Count > 0).OrderByDescending(row => row.Value.Count))
        {
            text.Append(count.ToString(CultureInfo.InvariantCulture)).Append(" @");
            foreach (LocationId location in sample.Stack)
                text.Append(CultureInfo.InvariantCulture, $" 0x{Address(location):x}");
            Line(text, $"\n# labels: {{\"state\":\"{state}\"}}");
            foreach (LocationId location in sample.Stack)
            {
                (string function, string file, long line) = Place(profile, location);
                Line(text, $"#\t0x{Address(location) - 1:x}\t{function}+0x0\t{file}:{line}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string OneByOne(Profile profile)
    {
        var text = new StringBuilder();
        int number = 1;
        foreach (int i in Order(profile))
        {
            Sample sample = profile.Sample(i);
            string body = Body(profile, sample);
            for (long left = sample.Values[0]; left > 0 && text.Length < MaxChars; left--)
                Line(text, $"goroutine {number++} [{State(profile, sample)}{Wait(profile, sample)}]:\n{body}");
        }

        return text.ToString();
    }

    private static string Body(Profile profile, Sample sample)
    {
        var text = new StringBuilder();
        foreach (LocationId location in sample.Stack)
        {
            (string function, string file, long line) = Place(profile, location);
            Line(text, $"{function}(...)\n\t{file}:{line} +0x0");
        }

        return text.ToString();
    }

    private static int[] Order(Profile profile) =>
        [.. Enumerable.Range(0, profile.Samples.Count).OrderByDescending(i => profile.Sample(i).Values[0]).Where(i => profile.Sample(i).Values[0] > 0)];

    private static int Address(LocationId location) => FirstAddress + (location.Index * AddressStep);

    private static string State(Profile profile, Sample sample)
    {
        foreach (Label label in sample.Labels)
        {
            if (!label.IsNumber && profile.Strings[label.Key] == "state")
                return TerminalText.Escape(profile.Strings[label.Text]);
        }

        return "await";
    }

    // As Go: nothing below a minute, and never a word for one.
    private static string Wait(Profile profile, Sample sample)
    {
        foreach (Label label in sample.Labels)
        {
            if (label.IsNumber && profile.Strings[label.Key] == "wait")
                return string.Create(CultureInfo.InvariantCulture, $", {label.Number} minutes");
        }

        return "";
    }

    private static (string Function, string File, long Line) Place(Profile profile, LocationId location)
    {
        ReadOnlySpan<Line> lines = profile.Locations.Lines(location);
        Function function = profile.Function(lines[0].Function);
        return (TerminalText.Escape(function.Name), function.File.Length == 0 ? NoFile : TerminalText.Escape(function.File), lines[0].Number);
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
