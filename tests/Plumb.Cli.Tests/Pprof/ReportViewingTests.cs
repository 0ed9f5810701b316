using System.Text;
using Plumb.Cli.Pprof;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;

namespace Plumb.Cli.Tests.Pprof;

/// <summary>The viewers are small scripts that note what they were started with.</summary>
public sealed class ReportViewingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("plumb-view").FullName;
    private readonly Dictionary<string, string> _environment = [];

    public ReportViewingTests()
    {
        _environment["PATH"] = $"{_directory}{Path.PathSeparator}/usr/bin{Path.PathSeparator}/bin";
        File.WriteAllBytes(Path.Combine(_directory, "a.pb.gz"), ProfileEncoder.EncodeGzip(FoldedText.Parse("main;$(touch\u00a0hacked);work 5")));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_viewer_gets_a_file_that_only_the_user_can_read_and_that_is_gone_afterwards()
    {
        Viewer("kcachegrind");

        PprofRun run = Run("-kcachegrind", "a.pb.gz");

        Assert.Equal((0, ""), (run.ExitCode, run.Text));
        string[] seen = Seen("kcachegrind");
        Assert.Equal(2, seen.Length);
        Assert.Equal("-rw------- positions: instr line", seen[1]);
        Assert.EndsWith("report001.grind", seen[0], StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(seen[0])));
    }

    [Fact]
    public void The_users_browser_comes_first_and_may_say_where_the_file_goes()
    {
        Viewer("my-browser");
        _environment["BROWSER"] = $"{Path.Combine(_directory, "my-browser")} --new file://%s";

        Assert.Equal(0, Run(isTerminal: true, "-weblist=work", "a.pb.gz").ExitCode);

        Assert.Matches(@"^--new file:///.*report001\.html$", Seen("my-browser")[0]);
    }

    [Fact]
    public void What_is_not_there_or_fails_at_once_is_passed_over()
    {
        _environment["BROWSER"] = "no-such-browser";
        Script("chromium", "exit 3");
        Viewer("firefox");

        Assert.Equal(0, Run(isTerminal: true, "-weblist=work", "a.pb.gz").ExitCode);

        Assert.EndsWith("report001.html", Seen("firefox")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_viewer_it_is_said_where_the_file_lies()
    {
        _environment["PATH"] = _directory;

        PprofRun run = Run("-kcachegrind", "a.pb.gz");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no program could be started to show the report (tried kcachegrind). It is in ", run.Error, StringComparison.Ordinal);
        string file = run.Error[(run.Error.IndexOf("It is in ", StringComparison.Ordinal) + 9)..].TrimEnd();
        Assert.StartsWith("positions:", File.ReadAllText(file), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void In_the_shell_the_next_command_does_not_wait_for_the_viewer()
    {
        // It is looked at for two minutes, or until the test is over.
        Viewer("kcachegrind", "for second in $(seq 120); do [ -e \"$0\" ] && sleep 1; done");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        string output = Shell("kcachegrind", "comments");

        Assert.Equal("(pprof) (pprof) (pprof) ", output);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(100));
        Assert.False(Directory.Exists(Path.GetDirectoryName(Seen("kcachegrind")[0])));
    }

    [Fact]
    public void A_listing_goes_where_the_output_goes_unless_that_is_a_terminal() =>
        Assert.StartsWith("<!DOCTYPE html>", Run("-weblist=work", "a.pb.gz").Text.TrimStart(), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_file_that_was_asked_for_is_written_and_not_shown()
    {
        PprofRun run = Run("-kcachegrind", "-output=graph.out", "a.pb.gz");

        Assert.Equal("Generating report in graph.out\n", run.Error);
        Assert.StartsWith("positions:", File.ReadAllText(Path.Combine(_directory, "graph.out")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_a_profile_says_is_run()
    {
        Viewer("kcachegrind");

        Run("-kcachegrind", "a.pb.gz");

        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory, "*hacked*"));
    }

    // Notes its arguments, and the mode and first line of its last one.
    private void Viewer(string name, string more = "") => Script(name, $"""
        echo "$@" >"{Path.Combine(_directory, name)}.seen"
        for file; do :; done
        file=$(echo "$file" | sed 's,^file://,,')
        echo "$(ls -l "$file" | cut -c 1-10) $(head -n 1 "$file")" >>"{Path.Combine(_directory, name)}.seen"
        {more}
        """);

    private void Script(string name, string text)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // Nobody waits for a viewer beside a shell: it may only now come to its notes.
    private string[] Seen(string name)
    {
        string notes = Path.Combine(_directory, $"{name}.seen");
        SpinWait.SpinUntil(() => File.Exists(notes) && File.ReadAllLines(notes).Length == 2, TimeSpan.FromMinutes(2));
        return File.ReadAllLines(notes);
    }

    private PprofRun Run(params string[] arguments) => Run(isTerminal: false, arguments);

    private PprofRun Run(bool isTerminal, params string[] arguments) => PprofRun.Of(_directory, _environment, isTerminal, arguments);

    private string Shell(params string[] lines)
    {
        using var output = new MemoryStream();
        var host = new PprofHost(output, TextWriter.Null, false, _directory, name => _environment.GetValueOrDefault(name), TimeZoneInfo.Utc)
        {
            Input = () => new StringReader(string.Join('\n', lines)),
        };
        Assert.Equal(0, PprofProgram.Run(["a.pb.gz"], host));
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
