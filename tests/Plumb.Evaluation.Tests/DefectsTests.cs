using System.Text.RegularExpressions;

namespace Plumb.Evaluation.Tests;

/// <summary>The lab's defects: an evaluation that expects the wrong function measures nothing.</summary>
public sealed partial class DefectsTests
{
    private static readonly string s_folder = Path.Combine(Checkout.Root, "lab", "defects");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(s_folder, "*.go", SearchOption.AllDirectories)
        .Where(file => File.ReadAllText(file).Contains("Functions:", StringComparison.Ordinal) && !file.Contains("/scenario/", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(s_folder, file))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_line_that_leaks_stands_in_a_function_that_is_expected(string file)
    {
        string text = File.ReadAllText(Path.Combine(s_folder, file));
        string[] expected = [.. Expected(text)];
        string? around = null;
        var marked = new HashSet<string>();
        foreach (string line in text.Split('\n'))
        {
            around = Declaration().Match(line) is { Success: true } declaration ? declaration.Groups["name"].Value : around;
            if (line.Contains("// leak:", StringComparison.Ordinal))
                marked.Add(around!);
        }

        // A reader that is started by the function at fault carries a mark as well, and is named as being near.
        Assert.Empty(marked.Except(expected.Concat(Near(text))));
        Assert.Empty(expected.Except(marked).Except(OtherEnds(text)));
    }

    [Fact]
    public void There_are_as_many_defects_and_look_alikes_as_the_documentation_promises()
    {
        string all = string.Concat(Directory.EnumerateFiles(s_folder, "*.go", SearchOption.AllDirectories).Select(File.ReadAllText));
        string readme = File.ReadAllText(Path.Combine(Checkout.Root, "lab", "README.md"));
        int defects = Regex.Count(all, @"Functions: +(scenario\.In|\[\]string)");
        int lookAlikes = Regex.Count(all, """(?m)^\t\t?register\("[a-z]""") + Regex.Count(all, """Name:  "[a-z]""");

        Assert.Contains($"{defects} defects and {lookAlikes} look-alikes", readme, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Expected(string text) => Names(text, "Functions");

    private static IEnumerable<string> Near(string text) => Names(text, "Near");

    // Of two functions that block each other, or of one that makes what another keeps, one line is enough.
    private static IEnumerable<string> OtherEnds(string text) =>
        NameList().Matches(text).Where(list => list.Groups["kind"].Value == "Functions").SelectMany(list => Last(list).Skip(1));

    private static IEnumerable<string> Names(string text, string kind) =>
        NameList().Matches(text).Where(list => list.Groups["kind"].Value == kind).SelectMany(Last);

    // example.com/shop/orders.(*Desk).Quote is declared as func (d *Desk) Quote.
    private static IEnumerable<string> Last(Match list) =>
        Quoted().Matches(list.Groups["names"].Value).Select(name => name.Groups[1].Value.Split('.')[^1]);

    [GeneratedRegex(@"(?<kind>Functions|Near): +(scenario\.In\(""[a-z]+"", (?<names>[^\n]*)\),|\[\]string\{(?<names>[^}]*)\})")]
    private static partial Regex NameList();

    [GeneratedRegex(@"""([^""]+)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^func (\([^)]*\) )?(?<name>\w+)[\[(]")]
    private static partial Regex Declaration();
}
