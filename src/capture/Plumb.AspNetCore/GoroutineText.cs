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
        int[] order = Order(profile);
        Line(text, $"goroutine profile: total {order.Sum(i => profile.Sample(i).Values[0])}");
        foreach (int i in order)
        {
            Sample sample = profile.Sample(i);
            text.Append(sample.Values[0].ToString(CultureInfo.InvariantCulture)).Append(" @");
            foreach (LocationId location in sample.Stack)
                text.Append(CultureInfo.InvariantCulture, $" 0x{Address(location):x}");
            Line(text, $"\n# labels: {{\"state\":\"{State(profile, sample)}\"}}");
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
                Line(text, $"goroutine {number++} [{State(profile, sample)}]:\n{body}");
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

    private static string State(Profile profile, Sample sample) => sample.Labels is [var label, ..] ? TerminalText.Escape(profile.Strings[label.Text]) : "await";

    private static (string Function, string File, long Line) Place(Profile profile, LocationId location)
    {
        ReadOnlySpan<Line> lines = profile.Locations.Lines(location);
        Function function = profile.Function(lines[0].Function);
        return (TerminalText.Escape(function.Name), function.File.Length == 0 ? NoFile : TerminalText.Escape(function.File), lines[0].Number);
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
