using System.Security.Cryptography.X509Certificates;
using System.Text;
using Plumb.Cli.Pprof;
using Plumb.Cli.Tests.Pprof.Shell;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;

namespace Plumb.Cli.Tests.Pprof;

/// <summary>Profiles of running services: lists of them, secured connections, what is saved and how long is waited.</summary>
public sealed class LiveProfileTests : IDisposable
{
    // As Go 1.19 writes it, shortened.
    private const string GoPage = """
        <html><head><title>/debug/pprof/</title></head><body>/debug/pprof/<br>
        <table><thead><td>Count</td><td>Profile</td></thead>
        <tr><td>12</td><td><a href='allocs?debug=1'>allocs</a></td></tr>
        <tr><td>0</td><td><a href='cmdline?debug=1'>cmdline</a></td></tr>
        <tr><td>7</td><td><a href='goroutine?debug=1'>goroutine</a></td></tr>
        <tr><td>12</td><td><a href='heap?debug=1'>heap</a></td></tr>
        <tr><td>1</td><td><a href='orders_open?debug=1'>orders_open</a></td></tr>
        <tr><td>0</td><td><a href='profile?debug=1'>profile</a></td></tr>
        <tr><td>0</td><td><a href='trace?debug=1'>trace</a></td></tr>
        </table><a href="goroutine?debug=2">full goroutine stack dump</a></body></html>
        """;

    private static readonly byte[] Stacks = ProfileEncoder.EncodeGzip(FoldedText.Parse("main;work 5"));

    private readonly string _directory = Directory.CreateTempSubdirectory("plumb-live").FullName;
    private readonly Dictionary<string, string> _environment;

    public LiveProfileTests() => _environment = new() { ["PPROF_TMPDIR"] = Path.Combine(_directory, "saved") };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/debug/pprof")]
    [InlineData("/debug/pprof/")]
    public void A_service_without_a_profiles_name_lists_its_profiles(string path)
    {
        using ServiceStandIn service = Go();

        PprofRun run = Run($"http://{service.Address}{path}");

        string folder = $"  http://{service.Address}/debug/pprof/";
        Assert.Equal(
            $"""
            {folder}allocs       what was ever allocated
            {folder}goroutine    the stacks of all goroutines
            {folder}heap         the memory in use
            {folder}orders_open
            {folder}profile      CPU time, for 30 s or as long as -seconds says

            """,
            run.Text);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void A_report_of_no_profile_is_an_error_that_lists_them()
    {
        using ServiceStandIn service = Go();

        PprofRun run = Run("-top", service.Address);

        Assert.Equal((2, ""), (run.ExitCode, run.Text));
        Assert.Contains($"has these profiles; name one of them:\n  http://{service.Address}/debug/pprof/allocs ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_can_be_chosen_on_a_terminal()
    {
        using ServiceStandIn service = Go().With("/debug/pprof/heap", Stacks);
        var terminal = new FakeTerminal(100, FakeTerminal.Slowly(Keys.Of("nonsense", "Enter", "he", "Tab", "Enter", "comments", "Enter", "^D")));
        using var output = new MemoryStream();
        using var talk = new StringWriter();
        var host = new PprofHost(output, talk, true, _directory, name => _environment.GetValueOrDefault(name), TimeZoneInfo.Utc) { Terminal = () => terminal };

        Assert.Equal(0, PprofProgram.Run([$"http://{service.Address}"], host));

        Assert.Contains("which one? nonsense\nwhich one? heap\n(pprof) comments", terminal.Screen, StringComparison.Ordinal);
        Assert.Contains("/debug/pprof/heap", service.Requests);
        Assert.Contains("Entering interactive mode", talk.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_execution_trace_is_called_so()
    {
        using ServiceStandIn service = new ServiceStandIn().With("/debug/pprof/trace", [.. "go 1.19 trace\0\0\0"u8, 1, 2, 3]);

        Assert.Contains("go tool trace reads it", Run("-top", $"http://{service.Address}/debug/pprof/trace").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void How_long_means_CPU_time_as_it_does_to_go_tool_pprof()
    {
        using ServiceStandIn service = Go().With("/debug/pprof/profile", Stacks);

        Assert.Equal("main;work 5\n", Run("-folded", "-seconds=1", service.Address).Text);
        Assert.Equal(["/debug/pprof/profile?seconds=1"], service.Requests);
    }

    [Fact]
    public void An_address_that_is_a_profile_itself_is_read_as_pprof_reads_it()
    {
        using var service = new ServiceStandIn();
        service.With("/", Stacks);

        Assert.Equal("main;work 5\n", Run("-folded", service.Address).Text);
    }

    [Theory]
    [InlineData("<html>no profiles here</html>")]
    [InlineData("<a href='index.html'>index.html</a><a href='style.css'>style.css</a>")]
    [InlineData("<a href='https://evil.example/debug/pprof/heap'>heap</a><a href='//evil.example/heap'>heap</a><a href='../../heap'>heap</a><a href='javascript:heap'>x</a>")]
    public void A_page_that_lists_no_profiles_is_told_apart(string page)
    {
        using ServiceStandIn service = new ServiceStandIn().With("/debug/pprof/", page);

        PprofRun run = Run($"http://{service.Address}/debug/pprof/");

        Assert.Equal((2, ""), (run.ExitCode, run.Text));
        Assert.Contains("the server answered with a web page", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_page_neither_writes_to_the_terminal_nor_fills_it_nor_leads_elsewhere()
    {
        string page = "<a href='heap'>\e[2J</a><a href='\e]0;x'>x</a><a href='a b'>x</a><a href='//evil.example/goroutine'>x</a>"
            + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"<a href='name{i}'>x</a>"));
        using ServiceStandIn service = new ServiceStandIn().With("/debug/pprof/", page);

        PprofRun run = Run($"http://{service.Address}/debug/pprof/");

        string[] lines = run.Text.TrimEnd('\n').Split('\n');
        Assert.Equal(50, lines.Length);
        Assert.All(lines, line => Assert.StartsWith($"  http://{service.Address}/debug/pprof/", line, StringComparison.Ordinal));
        Assert.DoesNotContain('\e', run.Text + run.Error);
        Assert.DoesNotContain("evil", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_end_is_given_up()
    {
        using ServiceStandIn service = new ServiceStandIn().With("/debug/pprof/", GoPage + new string('x', 2 << 20));

        Assert.Equal(2, Run("-top", $"http://{service.Address}/debug/pprof/").ExitCode);
    }

    [Fact]
    public void A_server_of_ones_own_authority_is_trusted_with_it_and_only_with_it()
    {
        using var authority = new TestAuthority("ours");
        using var other = new TestAuthority("theirs");
        TestAuthority.Save(authority.Certificate, InFolder("ca.pem"));
        TestAuthority.Save(other.Certificate, InFolder("other.pem"));
        using ServiceStandIn service = new ServiceStandIn(authority.Issue("localhost", isServer: true)).With("/heap", Stacks);
        string url = $"https://{service.Address}/heap";

        Assert.Equal("main;work 5\n", Run("-folded", "-tls_ca=ca.pem", url).Text);
        Assert.Equal(2, Run("-folded", url).ExitCode);
        Assert.Equal(2, Run("-folded", "-tls_ca=other.pem", url).ExitCode);
        Assert.Contains("http fetch:", Run("-folded", url).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_another_name_is_refused()
    {
        using var authority = new TestAuthority("ours");
        TestAuthority.Save(authority.Certificate, InFolder("ca.pem"));
        using ServiceStandIn service = new ServiceStandIn(authority.Issue("elsewhere.example", isServer: true)).With("/heap", Stacks);

        Assert.Equal(2, Run("-folded", "-tls_ca=ca.pem", $"https://{service.Address}/heap").ExitCode);
    }

    [Fact]
    public void Whoever_says_insecure_gets_any_server()
    {
        using var authority = new TestAuthority("ours");
        using ServiceStandIn service = new ServiceStandIn(authority.Issue("elsewhere.example", isServer: true)).With("/heap", Stacks);

        Assert.Equal("main;work 5\n", Run("-folded", $"https+insecure://{service.Address}/heap").Text);
    }

    [Fact]
    public void A_list_keeps_the_scheme_that_was_typed()
    {
        using var authority = new TestAuthority("ours");
        using ServiceStandIn service = new ServiceStandIn(authority.Issue("localhost", isServer: true)).With("/debug/pprof/", GoPage);

        Assert.StartsWith($"  https+insecure://{service.Address}/debug/pprof/allocs", Run($"https+insecure://{service.Address}").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_asks_who_is_there_is_shown_the_certificate()
    {
        using var authority = new TestAuthority("ours");
        using X509Certificate2 me = authority.Issue("me", isServer: false);
        TestAuthority.Save(authority.Certificate, InFolder("ca.pem"));
        TestAuthority.Save(me, InFolder("me.pem"), InFolder("me.key"));
        using ServiceStandIn service = new ServiceStandIn(authority.Issue("localhost", isServer: true), authority.Certificate).With("/heap", Stacks);
        string url = $"https://{service.Address}/heap";

        Assert.Equal("main;work 5\n", Run("-folded", "-tls_ca=ca.pem", "-tls_cert=me.pem", "-tls_key=me.key", url).Text);
        Assert.Equal(2, Run("-folded", "-tls_ca=ca.pem", url).ExitCode);
    }

    [Theory]
    [InlineData("-tls_ca=missing.pem", "could not load authorities specified by -tls_ca")]
    [InlineData("-tls_ca=empty.pem", "there is no certificate in it")]
    [InlineData("-tls_cert=empty.pem -tls_key=empty.pem", "could not load certificate/key pair specified by -tls_cert and -tls_key")]
    [InlineData("-tls_cert=me.pem", "-tls_cert and -tls_key must be given together")]
    public void Certificates_that_cannot_be_read_are_named(string flags, string message)
    {
        File.WriteAllText(InFolder("empty.pem"), "");

        PprofRun run = Run([.. flags.Split(' '), "-top", "https://localhost:1/heap"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_and_password_in_the_URL_are_sent_and_not_shown()
    {
        using ServiceStandIn service = new ServiceStandIn().With("/heap", Stacks);

        PprofRun run = Run("-folded", $"http://me:s%40crt@{service.Address}/heap");

        Assert.Contains($"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("me:s@crt"))}", service.Headers);
        Assert.DoesNotContain("crt", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_fetched_is_saved_where_the_environment_says_and_reads_back()
    {
        using ServiceStandIn service = new ServiceStandIn().With("/heap", Stacks);

        PprofRun run = Run("-folded", $"http://{service.Address}/heap");

        string saved = Path.Combine(_directory, "saved", "pprof.samples.001.pb.gz");
        Assert.Contains($"Saved profile in {saved}", run.Error, StringComparison.Ordinal);
        Assert.Equal("main;work 5\n", Run("-folded", saved).Text);
        Assert.Contains("pprof.samples.002.pb.gz", Run("-folded", $"http://{service.Address}/heap").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_that_variable_it_is_saved_below_home_and_a_place_that_cannot_be_used_is_said()
    {
        File.WriteAllText(InFolder("file"), "");
        _environment["PPROF_TMPDIR"] = InFolder("file");
        _environment["HOME"] = InFolder("home");
        using ServiceStandIn service = new ServiceStandIn().With("/heap", Stacks);

        PprofRun run = Run("-folded", $"http://{service.Address}/heap");

        Assert.Contains($"Could not use temp dir {InFolder("file")}: ", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(InFolder("home"), "pprof", "pprof.samples.001.pb.gz")));
    }

    [Fact]
    public void A_file_is_not_saved_again()
    {
        File.WriteAllBytes(InFolder("a.pb.gz"), Stacks);

        Run("-folded", "a.pb.gz");

        Assert.False(Directory.Exists(Path.Combine(_directory, "saved")));
    }

    [Fact]
    public void Whoever_mistypes_the_name_of_a_profile_is_told_those_that_there_are()
    {
        using ServiceStandIn service = Go();

        PprofRun run = Run("-top", $"http://{service.Address}/debug/pprof/heep");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("404 Not Found; the service has allocs, goroutine, heap, orders_open, profile\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_no_machine_can_have_is_an_error_and_no_crash()
    {
        PprofRun run = Run("-top", "http://localhos\u0679\u0700\ufffd/debug/pprof/heap");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("not a URL that profiles can be fetched from", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_answer_in_time_is_given_up()
    {
        using ServiceStandIn service = new ServiceStandIn { Delay = Timeout.InfiniteTimeSpan }.With("/heap", Stacks);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        PprofRun run = Run("-folded", "-timeout=1", $"http://{service.Address}/heap");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no answer within 6 s; -timeout sets how long to wait", run.Error, StringComparison.Ordinal);
        // It would not have answered: that there is an end is that it was given up.
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(5), $"given up after {watch.Elapsed}");
    }

    private static ServiceStandIn Go() => new ServiceStandIn().With("/debug/pprof/", GoPage).With("/debug/pprof", GoPage);

    private string InFolder(string name) => Path.Combine(_directory, name);

    private PprofRun Run(params string[] arguments) => PprofRun.Of(_directory, _environment, isTerminal: false, arguments);
}
