using Plumb.Cli.Pprof.Sources;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;

namespace Plumb.Cli.Tests.Pprof;

public sealed class LocalSourcesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("plumb-sources").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_relative_path_is_found_below_the_search_directory_and_below_its_parents()
    {
        Write("project/src/a.go", "one\ntwo\n");

        Assert.Equal(["one", "two"], Find("src/a.go", "project").Lines.AsEnumerable());
        Assert.Equal(["one", "two"], Find("src/a.go", "project/src/deep").Lines.AsEnumerable());
    }

    [Fact]
    public void The_build_machines_directories_are_stripped_up_to_the_name_of_the_search_directory()
    {
        Write("project/src/a.go", "one\n");

        Assert.Null(Find("/build/agent/project/src/a.go", "project").Error);
    }

    [Fact]
    public void A_configured_prefix_is_stripped()
    {
        Write("project/src/a.go", "one\n");

        Assert.Null(Find("/remote/src/a.go", "project", trim: "/remote").Error);
    }

    [Fact]
    public void A_path_that_climbs_out_of_the_search_directories_is_not_opened()
    {
        Write("secret.txt", "secret\n");
        Write("project/src/a.go", "one\n");

        Assert.Equal("could not find file ../secret.txt on path " + Path.Combine(_root, "project"), Find("../secret.txt", "project").Error);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/proc/self/environ")]
    [InlineData("/")]
    public void Nothing_but_regular_files_is_opened(string path) => Assert.NotNull(Find(path, "project").Error);

    [Fact]
    public void A_pipe_that_nobody_writes_to_is_passed_over_at_once()
    {
        string pipe = Path.Combine(_root, "pipe.go");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            mkfifo.WaitForExit();

        Assert.NotNull(Find(pipe, "project").Error);
    }

    [Fact]
    public void A_file_that_is_not_there_says_where_was_looked() =>
        Assert.Contains("could not find file nowhere.go on path ", Find("nowhere.go", "project").Error, StringComparison.Ordinal);

    private SourceText Find(string path, string searchDirectory, string trim = "") =>
        new LocalSources(ReportOptions.Default with { SourcePath = Path.Combine(_root, searchDirectory), TrimPath = trim }, _root).Find(path);

    private void Write(string path, string text)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
