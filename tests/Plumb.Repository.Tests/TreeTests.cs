using System.Text.RegularExpressions;

namespace Plumb.Repository.Tests;

public sealed partial class TreeTests
{
    // Data is kept as it was found; licence texts are not ours to judge.
    private static IEnumerable<string> OwnTexts => Repository.Files.Where(f =>
        !f.StartsWith("testdata/", StringComparison.Ordinal) && f != "LICENSE"
        && Path.GetExtension(f) is ".cs" or ".csproj" or ".props" or ".slnx" or ".md" or ".json" or ".go" or ".txt" or ".yml" or "" or ".sh" or ".ts");

    [Fact]
    public void No_path_of_somebodys_machine_is_in_the_tree() =>
        Assert.Empty(Lines(OwnTexts.Where(f => !f.StartsWith("tests/", StringComparison.Ordinal)), HomePath()));

    // Tests make up paths of people's homes; where this checkout lies they must not know.
    [Fact]
    public void No_file_knows_where_its_checkout_lies() =>
        Assert.Empty(Lines(OwnTexts, new Regex(Regex.Escape(Repository.Root) + @"(/|\b)")));

    [Fact]
    public void No_package_registry_is_named() =>
        Assert.Empty(Lines(OwnTexts, Registry()));

    [Fact]
    public void Nothing_is_left_half_done() =>
        Assert.Empty(Lines(OwnTexts.Where(f => f != "tests/Plumb.Repository.Tests/TreeTests.cs"), HalfDone()));

    [Fact]
    public void No_file_is_larger_than_a_megabyte() =>
        Assert.DoesNotContain(Repository.Files, f => new FileInfo(Path.Combine(Repository.Root, f)).Length > 1 << 20);

    [Fact]
    public void A_file_holds_the_type_it_is_named_after()
    {
        var strays = new List<string>();
        foreach (string file in Repository.FilesNamed(".cs").Where(f => f.StartsWith("src/", StringComparison.Ordinal)))
        {
            string[] types = [.. PublicType().Matches(Repository.Read(file)).Select(m => m.Groups[1].Value)];
            // Small records that belong together may share a file, named after one of them or in the plural.
            if (types.Length == 1 && Path.GetFileNameWithoutExtension(file).Split('.')[0] != types[0])
                strays.Add($"{file}: {types[0]}");
        }

        Assert.Empty(strays);
    }

    private static IEnumerable<string> Lines(IEnumerable<string> files, Regex wanted) =>
        from file in files
        let lines = Repository.Read(file).Split('\n')
        from i in Enumerable.Range(0, lines.Length)
        where wanted.IsMatch(lines[i])
        select $"{file}:{i + 1}: {lines[i].Trim()}";

    [GeneratedRegex(@"/home/[a-z]|/root/|/Users/[a-z]|[A-Z]:\\Users")]
    private static partial Regex HomePath();

    [GeneratedRegex(@"https?://[^\s/]*(nuget|npmjs|pypi|crates|debian)\.(org|com|io)")]
    private static partial Regex Registry();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex HalfDone();

    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|readonly|partial|ref|unsafe) )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate \S+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
