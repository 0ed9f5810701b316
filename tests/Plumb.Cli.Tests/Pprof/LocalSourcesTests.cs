using Plumb.Cli.Pprof;
using Plumb.Cli.Pprof.Sources;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports;
using Plumb.Reports.Listing;
using Plumb.Reports.Options;
using Plumb.Symbols.Tests.Pdb;

namespace Plumb.Cli.Tests.Pprof;

public sealed class LocalSourcesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("plumb-sources").FullName;

    private readonly StringWriter _said = new() { NewLine = "\n" };
    private readonly Dictionary<string, string> _environment = [];
    private readonly List<Mapping> _mappings = [];

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

        Assert.StartsWith("could not find file ../secret.txt on path " + Path.Combine(_root, "project"), Find("../secret.txt", "project").Error, StringComparison.Ordinal);
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

    [Fact]
    public void A_file_that_is_not_text_is_not_shown()
    {
        File.WriteAllBytes(Path.Combine(_root, "program.go"), [0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 0]);

        Assert.Contains("not a text", Find(Path.Combine(_root, "program.go"), "project").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_built_in_a_container_is_found_in_the_working_directory_and_that_is_said()
    {
        Write("project/store/users.go", "one\n");

        Assert.Equal(["one"], Find("/app/store/users.go", "project").Lines.AsEnumerable());
        Assert.Equal($"/app/store/users.go is not there; its lines are those of {_root}/project/store/users.go\n", _said.ToString());
    }

    [Fact]
    public void Modules_are_found_in_the_cache_that_the_environment_names()
    {
        Write("cache/github.com/!azure/sdk@v1.0.0/a.go", "one\n");
        Write("gopath/pkg/mod/example.org/x@v2.0.0/b.go", "two\n");
        Write("home/go/pkg/mod/example.org/y@v1.0.0/c.go", "three\n");
        _environment["GOMODCACHE"] = Path.Combine(_root, "cache");
        _environment["GOPATH"] = Path.Combine(_root, "gopath");

        Assert.Null(Find("github.com/Azure/sdk@v1.0.0/a.go", "project").Error);
        Assert.Null(Find("/root/go/pkg/mod/example.org/x@v2.0.0/b.go", "project").Error);

        _environment.Clear();
        _environment["HOME"] = Path.Combine(_root, "home");
        Assert.Null(Find("/root/go/pkg/mod/example.org/y@v1.0.0/c.go", "project").Error);
    }

    [Fact]
    public void Gos_own_sources_are_found_by_GOROOT_and_by_the_go_on_the_path()
    {
        Write("goroot/src/net/http/server.go", "one\n");
        Write("installed/go-1.30/src/net/http/client.go", "two\n");
        Write("installed/go-1.30/bin/go", "program\n");
        Directory.CreateDirectory(Path.Combine(_root, "bin"));
        File.CreateSymbolicLink(Path.Combine(_root, "bin", "go"), "../installed/go-1.30/bin/go");
        _environment["GOROOT"] = Path.Combine(_root, "goroot");
        _environment["PATH"] = Path.Combine(_root, "bin");

        Assert.Equal(["one"], Find("/usr/local/go/src/net/http/server.go".Replace("/usr/local", "/no/such", StringComparison.Ordinal), "project").Lines.AsEnumerable());
        Assert.Equal(["two"], Find("net/http/client.go", "project").Lines.AsEnumerable());
    }

    [Fact]
    public void A_link_that_leads_out_of_the_place_that_was_guessed_is_not_followed()
    {
        Write("secret/a.go", "secret\n");
        Directory.CreateDirectory(Path.Combine(_root, "project"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "project", "store"), Path.Combine(_root, "secret"));

        Assert.NotNull(Find("/app/store/a.go", "project").Error);
    }

    [Fact]
    public void What_is_nowhere_says_in_which_places_it_is_not()
    {
        Directory.CreateDirectory(Path.Combine(_root, "project"));

        string error = Find("/app/very/deep/down/in/the/tree/of/some/service/users.go", "project").Error!;

        Assert.StartsWith("open /app/very/deep/down/in/the/tree/of/some/service/users.go: no such file or directory; also looked in ", error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_root, "project", "app/very/deep"), error, StringComparison.Ordinal);
        Assert.EndsWith("more places", error, StringComparison.Ordinal);
        Assert.InRange(error.Length, 0, 2_000);
    }

    [Fact]
    public void A_source_inside_of_a_PDB_beside_the_binary_is_shown()
    {
        Write("service/Shop.dll", "no assembly");
        File.WriteAllBytes(Path.Combine(_root, "service", "Shop.pdb"), PdbImage.Of("/_/src/Shop.cs", PdbImage.Stored("one\ntwo\n", packed: true), null));
        _mappings.Add(new Mapping(0x1000, 0x2000, 0, Path.Combine(_root, "service", "Shop.dll"), ""));

        Assert.Equal(["one", "two"], Find("/_/src/Shop.cs", "project").Lines.AsEnumerable());
    }

    [Fact]
    public void A_source_inside_of_the_assembly_itself_is_shown()
    {
        Write("service/x", "");
        File.WriteAllBytes(Path.Combine(_root, "service", "Shop.dll"), PdbImage.AssemblyWith("/_/src/Shop.cs", PdbImage.Stored("one\n", packed: false)));
        _mappings.Add(new Mapping(0x1000, 0x2000, 0, Path.Combine(_root, "service", "Shop.dll"), ""));

        Assert.Equal(["one"], Find("/_/src/Shop.cs", "project").Lines.AsEnumerable());
    }

    [Fact]
    public void Source_Link_leads_from_the_build_servers_path_to_the_checkout()
    {
        Write("project/src/Shop/Shop.cs", "one\n");
        File.WriteAllBytes(
            Path.Combine(_root, "project", "Shop.pdb"), PdbImage.Of("D:\\a\\r\\src\\Shop\\Shop.cs", null, """{"documents": {"D:\\a\\r\\*": "https://example.org/*"}}"""));

        Assert.Equal(["one"], Find("D:\\a\\r\\src\\Shop\\Shop.cs", "project").Lines.AsEnumerable());
    }

    private SourceText Find(string path, string searchDirectory, string trim = "")
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        foreach (Mapping mapping in _mappings)
            builder.Mapping(mapping);

        var host = new PprofHost(Stream.Null, _said, false, _root, name => _environment.GetValueOrDefault(name), TimeZoneInfo.Utc);
        ReportOptions options = ReportOptions.Default with { SourcePath = Path.Combine(_root, searchDirectory), TrimPath = trim };
        using var sources = new LocalSources(Report.Create(ProfileSelection.All(builder.Build()), ReportFormat.List, options), host);
        return sources.Find(path);
    }

    private void Write(string path, string text)
    {
        string full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
