using Plumb.Cli.Pprof;
using Plumb.Cli.Pprof.Sources;
using Plumb.Profiles.Filtering;
using Plumb.Profiles.Folded;
using Plumb.Reports;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;

namespace Plumb.Cli.Tests.Pprof;

public sealed class ReadableFoldersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-roots").FullName;

    public ReadableFoldersTests()
    {
        foreach (string file in (string[])["project/main.go", "library/lib.go", "secret/key.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(In(file))!);
            File.WriteAllText(In(file), "one\n");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_below_the_current_directory_the_search_path_and_the_module_cache_are_shown()
    {
        Assert.Null(Find(In("project/main.go")).Error);
        Assert.Null(Find("main.go").Error);
        Assert.Null(Find(In("library/lib.go"), sourcePath: In("library")).Error);
        Assert.Null(Find(In("library/lib.go"), new() { ["GOMODCACHE"] = In("library") }).Error);
    }

    [Theory]
    [InlineData("secret/key.txt")]
    [InlineData("library/../secret/key.txt")]
    [InlineData("project-2/main.go")]
    public void A_file_anywhere_else_is_refused_and_how_to_allow_it_is_said(string path)
    {
        Directory.CreateDirectory(In("project-2"));
        File.WriteAllText(In("project-2/main.go"), "one\n");

        Assert.Contains("-source_path", Find(In(path)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_leads_out_is_refused()
    {
        File.CreateSymbolicLink(In("project/file.go"), In("secret/key.txt"));
        Directory.CreateSymbolicLink(In("project/folder"), In("secret"));
        File.CreateSymbolicLink(In("project/first.go"), In("project/file.go"));

        Assert.NotNull(Find(In("project/file.go")).Error);
        Assert.NotNull(Find(In("project/folder/key.txt")).Error);
        Assert.NotNull(Find(In("project/first.go")).Error);
    }

    [Fact]
    public void Links_in_a_circle_lead_nowhere()
    {
        File.CreateSymbolicLink(In("project/a.go"), In("project/b.go"));
        File.CreateSymbolicLink(In("project/b.go"), In("project/a.go"));

        Assert.NotNull(Find(In("project/a.go")).Error);
    }

    private string In(string path) => Path.Combine(_folder, path);

    private SourceText Find(string path, Dictionary<string, string>? environment = null, string sourcePath = "")
    {
        var host = new PprofHost(
            Stream.Null, TextWriter.Null, IsTerminal: false, In("project"), name => environment?.GetValueOrDefault(name), TimeZoneInfo.Utc);
        ReportOptions options = ReportOptions.Default with { SourcePath = sourcePath };
        Report report = Report.Create(ProfileSelection.All(FoldedText.Parse("main 1")), ReportFormat.List, options);
        using var sources = new LocalSources(report, host, new ReadableFolders(options, host).Contain);
        return sources.Find(path);
    }
}
