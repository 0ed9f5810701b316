using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plumb.Cli.Pprof.Pictures;
using Plumb.Cli.Pprof.Sources;
using Plumb.Cli.Pprof.Symbols;
using Plumb.Cli.Web;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Options;
using Plumb.Symbols.Tools;
using Plumb.Web;
using Plumb.Web.Saved;
using Plumb.Web.Serving;

namespace Plumb.Cli.Pprof;

/// <summary><c>plumb pprof -http</c>: serves the profile to a browser until it is interrupted.</summary>
internal sealed class WebView(PprofHost host, ProfileSymbols symbols)
{
    private const string NoPage =
        "the browser view was left out when Plumb was built: install Node.js 18 or later with npm (on Debian and Ubuntu: apt-get install nodejs npm), "
        + "then remove the folder .plumb of the checkout, so that the next call builds it";

    /// <summary>Refuses before a profile is fetched, which may take half a minute.</summary>
    public static void RequirePage()
    {
        if (!WebServer.HasPage)
            throw new UsageException(NoPage);
    }

    public void Run(ProfileSelection profile, ProfileSelection? baseline, PprofArguments arguments, ListenAddress address)
    {
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = Stop(PosixSignal.SIGINT, stop), terminate = Stop(PosixSignal.SIGTERM, stop);
        RunAsync(profile, baseline, arguments, address, stop.Token).GetAwaiter().GetResult();
    }

    private async Task RunAsync(ProfileSelection profile, ProfileSelection? baseline, PprofArguments arguments, ListenAddress address, CancellationToken stop)
    {
        ReportOptions options = arguments.Options;
        var folders = new ReadableFolders(options, host);
        var session = new ProfileSession(profile, options)
        {
            Title = Title(symbols.Sources),
            Base = baseline,
            BaseTitle = arguments.Base.Length > 0 ? Name(arguments.Base) : "",
            IsDiffBase = arguments.IsDiffBase || baseline is null,
            Sources = report => new LocalSources(report, host, folders.Contain),
            Code = cancellation => new LocalCode(symbols.Tools, Say, cancellation),
            Layout = Layout(),
            Views = new SavedViews(SavedViewsPath()),
            TimeZone = host.TimeZone,
        };
        await using WebServer server = await WebServer.StartAsync(address, session, stop).ConfigureAwait(false);
        if (!address.IsLocal)
            Say("Every machine that can reach this one may ask for the page. Whoever has its address sees the profile.");

        Say($"Serving web UI on {server.Address}");
        if (!arguments.NoBrowser)
            BrowserWindow.Open(server.Address, host.Environment);

        try
        {
            await server.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Interrupted, which is how a server ends.
        }
    }

    private static PosixSignalRegistration Stop(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });

    private static string Title(ImmutableArray<string> sources)
    {
        string first = Name(sources[0]);
        return sources.Length == 1 ? first : $"{first} and {sources.Length - 1} more";
    }

    private Func<MemoryStream, CancellationToken, byte[]>? Layout()
    {
        if (Toolbox.FindProgram("dot", host.Environment("PATH") ?? "") is not { } program)
            return null;

        return (graph, cancellation) =>
        {
            using var placed = new MemoryStream();
            new Graphviz(program).Draw(graph, "json0", placed, cancellation);
            return placed.ToArray();
        };
    }

    // Where programs of this user keep what the user chose.
    private string? SavedViewsPath()
    {
        string? folder = host.Environment("XDG_CONFIG_HOME") is { Length: > 0 } configured ? configured
            : host.Environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".config")
            : null;
        return folder is null ? null : Path.Combine(folder, "plumb", "views.json");
    }

    // Of a file its own name says most; an address is needed whole.
    private static string Name(string source) => HttpProfiles.UrlOf(source) is null || File.Exists(source) ? Path.GetFileName(source) : source;

    private void Say(string text) => host.Error.WriteLine(TerminalText.Escape(text));
}
