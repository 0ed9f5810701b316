using System.Diagnostics;
using System.Globalization;
using Plumb.Cli.Pprof;
using Plumb.Web;

namespace Plumb.Cli.Tests.Pprof;

public sealed class WebViewTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-web").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_address_is_taken_from_the_flag()
    {
        PprofArguments arguments = PprofCommandLine.Parse(["-http=:8081", "-no_browser", "a.pb.gz"]);

        Assert.Equal(8081, arguments.Http?.Port);
        Assert.True(arguments.NoBrowser);
    }

    [Theory]
    [InlineData("-http=:8081 -top a.pb.gz", "not compatible with an output format")]
    [InlineData("-http=8081 a.pb.gz", "host:port")]
    [InlineData("-http=:web a.pb.gz", "\"web\" is no port")]
    public void What_cannot_be_served_is_refused_with_the_reason(string line, string reason) =>
        Assert.Contains(reason, Assert.Throws<UsageException>(() => PprofCommandLine.Parse(line.Split(' '))).Message, StringComparison.Ordinal);

    // Serves as a user would start it, until Ctrl-C; without a built page it says what is missing.
    [Fact]
    public async Task The_command_serves_until_it_is_interrupted()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.folded"), "main;work 3\nmain 1\n");
        using Process plumb = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "plumb"), ["pprof", "-http=localhost:", "-no_browser", "a.folded"])
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
        })!;
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));
            string said = await plumb.StandardError.ReadLineAsync(deadline.Token) ?? "";
            if (!WebServer.HasPage)
            {
                Assert.Contains("install Node.js", said, StringComparison.Ordinal);
                return;
            }

            Assert.StartsWith("Serving web UI on http://localhost:", said, StringComparison.Ordinal);
            using var client = new HttpClient { BaseAddress = new Uri(said["Serving web UI on ".Length..]) };
            Assert.Contains("\"work\"", await client.GetStringAsync(new Uri("api/top", UriKind.Relative), deadline.Token), StringComparison.Ordinal);

            using (Process kill = Process.Start("kill", ["-INT", plumb.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync(deadline.Token);

            await plumb.WaitForExitAsync(deadline.Token);
            Assert.Equal(0, plumb.ExitCode);
        }
        finally
        {
            if (!plumb.HasExited)
                plumb.Kill();
        }
    }
}
