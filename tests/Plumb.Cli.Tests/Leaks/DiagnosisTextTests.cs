using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Leaks.Sources;
using Plumb.Collectors.Loading;
using Plumb.Leaks.Diagnoses;
using Plumb.Leaks.Growth;

namespace Plumb.Cli.Tests.Leaks;

public sealed class DiagnosisTextTests
{
    [Fact]
    public void A_leak_is_told_with_its_line_its_evidence_and_its_remedy() => GoldenFile.Matches("leak.txt", Show(Samples.Leak, Samples.Load()));

    [Fact]
    public void No_leak_is_told_in_a_few_lines() => GoldenFile.Matches("none.txt", Show(Samples.None, Samples.Load()));

    [Fact]
    public void Why_it_cannot_be_told_is_told() => GoldenFile.Matches("inconclusive.txt", Show(Samples.Inconclusive));

    [Fact]
    public void Strings_of_an_attacker_reach_no_terminal()
    {
        string text = Show(Samples.Hostile, target: "http://x\u001b[2J");
        Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || c is '\u202e'));
        GoldenFile.Matches("hostile.txt", text);
    }

    [Fact]
    public void Colours_are_all_that_a_terminal_gets_more()
    {
        string coloured = Show(Samples.Leak, Samples.Load(), palette: Palette.Ansi);
        Assert.Contains("\u001b[", coloured, StringComparison.Ordinal);
        string bare = System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9;]*m", "");
        // A space at the end of a line, before a colour is switched off, cannot be seen.
        Assert.Equal(Show(Samples.Leak, Samples.Load()), string.Join('\n', bare.Split('\n').Select(line => line.TrimEnd(' '))));
    }

    [Fact]
    public void A_name_of_a_megabyte_does_not_flood_the_terminal()
    {
        string name = new('x', 1 << 20);
        Finding finding = Samples.Leak.Findings[0] with { Function = name, Stack = [Samples.LoadUser with { Function = name }], Cause = name };
        Assert.InRange(Show(Samples.Leak with { Findings = [finding], Reason = name }).Length, 1000, 20_000);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(80)]
    public void Prose_keeps_to_the_width(int width)
    {
        string text = Show(Samples.Leak, width: width);
        Assert.All(text.Split('\n').Where(line => line.Contains("  cause", StringComparison.Ordinal) || line.StartsWith("              ", StringComparison.Ordinal)).Take(3), line => Assert.True(line.Length <= Math.Max(60, width), line));
    }

    [Fact]
    public void Why_a_figure_does_not_grow_is_told_beside_its_chart()
    {
        const int width = 80;
        Diagnosis flat = Samples.None with
        {
            Process = [.. Samples.None.Process.Select(p => p with { Growth = new GrowthResult { Verdict = GrowthVerdict.Flat, Points = 12, Reason = "too little growth beside the level and the noise of so short a time" } })],
        };
        string[] table = Show(flat, width: width).Split("The whole process\n")[1].Split("\n\n")[0].Split('\n');

        Assert.All(table, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(table, line => line.StartsWith(new string(' ', 20), StringComparison.Ordinal));
    }

    [Fact]
    public void The_line_is_shown_where_its_source_can_be_read()
    {
        string folder = Directory.CreateTempSubdirectory("plumb-sources-").FullName;
        try
        {
            string[] source = [.. Enumerable.Repeat("// …", 43), "func (s *userStore) loadUser(id string) {", "\tif s.leak {", "\t\tclient = redis.NewClient(&options) // \u001b[31mred", "\t}", "}"];
            File.WriteAllLines(Path.Combine(folder, "users.go"), source);
            string text = Show(Samples.Leak, sources: new SourceFolders([folder]));
            GoldenFile.Matches("leak-with-source.txt", text);
            Assert.Contains("→ 46 │         client = redis.NewClient(&options) // \\x1b[31mred", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Show(
        Diagnosis diagnosis,
        LoadReport? load = null,
        Palette? palette = null,
        int width = 100,
        SourceFolders? sources = null,
        string target = "http://127.0.0.1:6060")
    {
        using var output = new StringWriter();
        new DiagnosisText(output, palette ?? Palette.None, width, sources ?? new SourceFolders([])).Write(target, diagnosis, load);
        return output.ToString();
    }
}
