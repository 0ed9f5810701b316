using System.Text.RegularExpressions;

namespace Plumb.Repository.Tests;

/// <summary>The list of what differs from pprof is only worth something while each point of it has its reason, its test and its expected output.</summary>
public sealed partial class DeviationsTests
{
    private const string Page = "docs/reference/deviations.md";
    private const string Golden = "testdata/golden/pprof/";
    private const string Transcripts = Golden + "deviations/";
    private const string CompatTests = "tests/Plumb.Cli.Tests/Pprof/CompatTests.cs";

    public static TheoryData<string> Rows => [.. Repository.Read(Page).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_deviation_says_what_both_do_and_why(string row)
    {
        string[] cells = [.. row.Trim('|', ' ').Split(" | ")];

        Assert.Equal(6, cells.Length);
        Assert.All(cells, cell => Assert.False(string.IsNullOrWhiteSpace(cell)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_tests_of_each_deviation_exist(string row)
    {
        MatchCollection tests = TestName().Matches(row.Split(" | ")[4]);

        Assert.NotEmpty(tests);
        foreach (Match test in tests)
        {
            string file = Assert.Single(Repository.FilesNamed($"/{test.Groups["class"].Value}.cs"), path => path.StartsWith("tests/", StringComparison.Ordinal));
            if (test.Groups["method"].Success)
                Assert.Matches($@"public \w+ {test.Groups["method"].Value}\(", Repository.Read(file));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_deviation_has_its_expected_output(string row)
    {
        string[] seen = [.. TranscriptLink().Matches(row.Split(" | ")[5]).Select(link => Transcripts + link.Groups[1].Value)];

        Assert.NotEmpty(seen);
        Assert.All(seen, file => Assert.Contains(file, Repository.Files));
        Assert.All(seen, file => Assert.StartsWith("$ plumb pprof ", Repository.Read(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Each_expected_output_is_of_one_deviation()
    {
        string[] linked = [.. TranscriptLink().Matches(Repository.Read(Page)).Select(link => Transcripts + link.Groups[1].Value)];

        Assert.Equal(Repository.Files.Where(file => file.StartsWith(Transcripts, StringComparison.Ordinal)).Order(StringComparer.Ordinal), linked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_recorded_output_that_differs_has_its_own_expected_file_and_is_on_the_list()
    {
        string list = DeviatingRows().Match(Repository.Read(CompatTests)).Groups[1].Value;
        string[] rows = [.. Quoted().Matches(list).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains(Golden + row, Repository.Files));
        Assert.All(rows, row => Assert.Contains($"`{Golden}{row}`", Repository.Read(Page), StringComparison.Ordinal));
    }

    [Fact]
    public void Files_that_the_list_names_exist()
    {
        foreach (Match path in TestDataPath().Matches(Repository.Read(Page)))
            Assert.Contains(path.Groups[1].Value, Repository.Files);
    }

    [GeneratedRegex(@"`(?<class>\w+Tests)(?:\.(?<method>\w+))?`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\(\.\./\.\./testdata/golden/pprof/deviations/([^)]+)\)")]
    private static partial Regex TranscriptLink();

    [GeneratedRegex(@"HashSet<string> Deviations =\s*\[(.*?)\];", RegexOptions.Singleline)]
    private static partial Regex DeviatingRows();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"`(testdata/[^`]+)`")]
    private static partial Regex TestDataPath();
}
