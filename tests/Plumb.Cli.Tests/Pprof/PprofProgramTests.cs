using System.Text;
using Plumb.Cli.Pprof;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;

namespace Plumb.Cli.Tests.Pprof;

public sealed class PprofProgramTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("plumb-pprof").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_report_goes_to_the_output_and_all_talk_to_the_error()
    {
        Save("a.pb.gz", "main;work 3");

        PprofRun run = Run("-top", "-focus=nothing", "a.pb.gz");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Focus expression matched no samples\n", run.Error);
        Assert.StartsWith("Type: samples\n", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_sources_are_added_up()
    {
        Save("a.pb.gz", "main;work 3");
        Save("b.pb.gz", "main;work 4\nmain;rest 1");

        Assert.Contains("7 87.50% 87.50%          7 87.50%  work", Run("-top", "a.pb.gz", "b.pb.gz").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_fails_is_named_and_the_others_are_shown()
    {
        Save("a.pb.gz", "main;work 3");

        PprofRun run = Run("-top", "a.pb.gz", "missing.pb.gz");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("missing.pb.gz: no such file\nFetched 1 source profiles out of 2\n", run.Error);
    }

    [Fact]
    public void Without_any_source_the_exit_code_is_2_and_the_output_empty()
    {
        PprofRun run = Run("-top", "missing.pb.gz");

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Bytes);
        Assert.Equal("missing.pb.gz: no such file\nplumb pprof: failed to fetch any source profiles\n", run.Error);
    }

    [Fact]
    public void A_base_is_subtracted()
    {
        Save("a.pb.gz", "main;work 5\nmain;rest 1");
        Save("b.pb.gz", "main;work 2\nmain;rest 1");

        Assert.Equal("main;work 3\n", Run("-folded", "-base=b.pb.gz", "a.pb.gz").Text);
    }

    [Fact]
    public void Percentages_of_a_diff_are_of_the_base()
    {
        Save("a.pb.gz", "main;work 5");
        Save("b.pb.gz", "main;work 4");

        Assert.Contains("Showing nodes accounting for 1, 25.00% of 4 total", Run("-top", "-diff_base=b.pb.gz", "a.pb.gz").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_profile_reads_back_with_the_filters_applied()
    {
        Save("a.pb.gz", "main;work 5\nmain;rest 1");

        PprofRun run = Run("-proto", "-ignore=rest", "a.pb.gz");

        Assert.Equal("main;work 5\n", FoldedText.Format(ProfileDecoder.Decode(run.Bytes), 0));
    }

    [Fact]
    public void A_written_profile_is_divided_as_pprof_divides_it()
    {
        Save("a.pb.gz", "main;work 5\nmain;rest 1");

        Assert.Equal("main;work 2\n", FoldedText.Format(ProfileDecoder.Decode(Run("-proto", "-divide_by=2", "a.pb.gz").Bytes), 0));
    }

    [Theory]
    [InlineData("-noinlines", 0)]
    [InlineData("-noinlines -showcolumns", 8)]
    public void A_written_profile_without_inlined_calls_has_none(string flags, int column)
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        MappingId mapping = builder.Mapping(new Mapping(0x1000, 0x2000, 0, "/bin/prog", "") { HasFunctions = true, HasInlineFrames = true });
        LocationId leaf = builder.Location(0x1010, mapping, [new Line(builder.Function("small"), 3, 4), new Line(builder.Function("work"), 7, 8)]);
        builder.AddSample(builder.Stack([leaf]), [5]);
        File.WriteAllBytes(Path.Combine(_directory, "a.pb.gz"), ProfileEncoder.EncodeGzip(builder.Build()));

        Profile written = ProfileDecoder.Decode(Run(["-proto", .. flags.Split(' '), "a.pb.gz"]).Bytes);

        Line line = Assert.Single(written.Locations.AllLines.ToArray());
        Assert.Equal(("work", 7L, (long)column), (written.Function(line.Function).Name, line.Number, line.Column));
        Assert.False(written.Mappings.Rows[0].HasInlineFrames);
        Assert.Contains($"work :7:{column} s=0", Run(["-raw", .. flags.Split(' '), "a.pb.gz"]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_top_profile_has_one_sample_an_entry()
    {
        Save("a.pb.gz", "main;work 5\nmain;rest 1");

        Profile top = ProfileDecoder.Decode(Run("-topproto", "a.pb.gz").Bytes);

        Assert.Equal(["cum/count", "flat/count"], top.SampleTypes.Select(type => type.ToString()));
        Assert.Equal("main 6 0\nrest 1 1\nwork 5 5\n", FoldedText.Format(top, 0, 1));
    }

    [Fact]
    public void A_file_is_written_when_asked_for()
    {
        Save("a.pb.gz", "main;work 5");

        PprofRun run = Run("-folded", "-output=out.txt", "a.pb.gz");

        Assert.Empty(run.Bytes);
        Assert.Equal("Generating report in out.txt\n", run.Error);
        Assert.Equal("main;work 5\n", File.ReadAllText(Path.Combine(_directory, "out.txt")));
    }

    [Fact]
    public void Bytes_for_other_programs_do_not_fill_a_terminal()
    {
        Save("a.pb.gz", "main;work 5");

        PprofRun run = PprofRun.Of(_directory, new Dictionary<string, string>(), isTerminal: true, "-proto", "a.pb.gz");

        Assert.Empty(run.Bytes);
        Assert.Equal("Generating report in profile001.pb.gz\n", run.Error);
        Assert.True(File.Exists(Path.Combine(_directory, "profile001.pb.gz")));
    }

    [Fact]
    public void Damaged_files_give_an_error_and_no_stack_trace()
    {
        File.WriteAllBytes(Path.Combine(_directory, "bad.pb.gz"), [0x1f, 0x8b, 0x08, 0, 1, 2, 3]);

        PprofRun run = Run("-top", "bad.pb.gz");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("bad.pb.gz: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_that_is_broken_gives_exit_code_1_after_the_report()
    {
        Save("a.pb.gz", "main;work 5\nmain;rest 1");

        PprofRun run = Run("-folded", "-fail_if", "cum(work)>50%", "-fail_if=flat(rest)>3", "-fail_if=cum(gone)>1%", "a.pb.gz");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("main;rest 1\nmain;work 5\n", run.Text);
        Assert.Equal("fail_if cum(work)>50%: it is 83.33% (5 of 6)\nfail_if cum(gone)>1%: no function matches\n", run.Error);
    }

    [Fact]
    public void Limits_alone_print_no_report_and_open_no_shell()
    {
        Save("a.pb.gz", "main;work 5\nmain;rest 1");

        PprofRun run = Run("-fail_if=cum(work)>90%", "a.pb.gz");

        Assert.Equal((0, "", ""), (run.ExitCode, run.Text, run.Error));
    }

    [Fact]
    public void A_limit_that_cannot_be_read_is_an_error_before_anything_is_done()
    {
        PprofRun run = Run("-top", "-fail_if=cum(work)>much", "a.pb.gz");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("plumb pprof: -fail_if \"cum(work)>much\": expected a number at character 11, found \"much\"\n", run.Error);
    }

    [Fact]
    public void A_reader_that_went_away_is_no_error()
    {
        Save("a.pb.gz", "main;work 5");
        using var error = new StringWriter();

        int exitCode = PprofProgram.Run(["-top", "a.pb.gz"], new PprofHost(new GoneReader(), error, false, _directory, _ => null, TimeZoneInfo.Utc));

        Assert.Equal(0, exitCode);
        Assert.Empty(error.ToString());
    }

    [Fact]
    public void A_fault_of_Plumb_itself_is_told_as_one_and_not_as_a_broken_limit()
    {
        Save("a.pb.gz", "main;work 5");
        using var error = new StringWriter();

        int exitCode = PprofProgram.Run(["-top", "a.pb.gz"], new PprofHost(new BrokenStream(), error, false, _directory, _ => null, TimeZoneInfo.Utc));

        Assert.Equal(2, exitCode);
        Assert.StartsWith("plumb pprof: internal error, please report it: ", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.ToString().TrimEnd());
    }

    [Fact]
    public void A_sample_type_of_which_nothing_was_counted_is_noted_with_the_others()
    {
        File.WriteAllBytes(
            Path.Combine(_directory, "a.pb.gz"),
            ProfileEncoder.EncodeGzip(FoldedText.Parse("main;work 5 0", new SampleType("alloc_space", "bytes"), new SampleType("inuse_space", "bytes"))));

        Assert.Equal("nothing was counted as inuse_space; -sample_index takes alloc_space, inuse_space\n", Run("-top", "a.pb.gz").Error);
        Assert.Empty(Run("-top", "-inuse_space", "a.pb.gz").Error);
        Assert.Empty(Run("-top", "-alloc_space", "a.pb.gz").Error);
    }

    [Fact]
    public void A_live_profile_is_fetched_for_as_long_as_asked_and_kept()
    {
        using var server = new ProfileServer(ProfileEncoder.EncodeGzip(FoldedText.Parse("main;work 5")));

        PprofRun run = PprofRun.Of(
            _directory, new Dictionary<string, string> { ["PPROF_TMPDIR"] = _directory }, isTerminal: false,
            "-folded", "-seconds=2", $"{server.Address}/debug/pprof/profile?debug=0");

        Assert.Equal("main;work 5\n", run.Text);
        Assert.Equal("/debug/pprof/profile?debug=0&seconds=2", server.LastRequest);
        Assert.Contains("Please wait... (2s)", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_directory, "pprof.samples.001.pb.gz")));
    }

    [Fact]
    public void A_server_that_answers_with_a_page_is_told_apart_from_a_bad_profile()
    {
        using var server = new ProfileServer(Encoding.UTF8.GetBytes("<html>profiles</html>"), "text/html");

        PprofRun run = Run("-top", $"{server.Address}/debug/pprof/");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("name a profile there, such as /debug/pprof/heap", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_refuses_is_quoted()
    {
        using var server = new ProfileServer(Encoding.UTF8.GetBytes("not here"), "text/plain", status: "404 Not Found");

        Assert.Contains("server response: 404 Not Found", Run("-top", $"{server.Address}/x").Error, StringComparison.Ordinal);
    }

    private PprofRun Run(params string[] arguments) => PprofRun.Of(_directory, arguments);

    private void Save(string name, string folded) =>
        File.WriteAllBytes(Path.Combine(_directory, name), ProfileEncoder.EncodeGzip(FoldedText.Parse(folded)));

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new InvalidOperationException("a fault of ours");
    }

    private sealed class GoneReader : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new BrokenPipeException();
    }
}
