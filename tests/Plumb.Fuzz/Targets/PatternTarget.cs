using System.Text;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Limits;

namespace Plumb.Fuzz.Targets;

/// <summary>Patterns, filters and limits, one a line: they come from command lines, and from the URLs of pages.</summary>
internal sealed class PatternTarget : FuzzTarget
{
    private const int MaxLine = 200;
    private const int MaxLines = 5;

    public override string Name => "patterns";

    // A regular expression becomes an automaton, and a class of all letters a large part of one.
    public override long FixedBytes => 64 << 20;

    public override long BytesPerByte => 20_000;

    public override bool Read(byte[] input)
    {
        foreach (string line in Encoding.UTF8.GetString(input).Split('\n').Take(MaxLines))
            Read(line[..Math.Min(line.Length, MaxLine)]);

        return true;
    }

    private static void Read(string text)
    {
        NamePattern.Parse(text).IsMatch("github.com/shop/cart.(*Cart).Add");
        _ = LabelFilter.Parse(text).Patterns.Count;
        try
        {
            CostLimit.Parse(text);
        }
        catch (FormatException)
        {
            // As it documents.
        }
    }
}
