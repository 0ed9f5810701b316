using System.CommandLine;
using System.Globalization;
using Plumb.Cli.Leaks;
using Plumb.Cli.Loading;
using Plumb.Collectors.Loading;

namespace Plumb.Cli.Stress;

/// <summary>The command line of <c>plumb stress</c>.</summary>
internal sealed class StressCommand
{
    private const long MostRequests = 1_000_000_000_000;
    private static readonly TimeSpan s_defaultDuration = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7);

    private readonly Argument<string[]> _addresses = new("URL")
    {
        Description = "What to request; several take turns. {n}, {uuid} and {random:1-500} differ from request to request.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<double?> _rate = OptionParsing.Number("--rate", ["-r"], LoadOptions.MaxRatePerSecond, "Requests per second, kept whether or not answers come. Default: as many as the connections carry.");
    private readonly Option<long?> _connections = OptionParsing.Whole("--connections", ["-c"], LoadOptions.MaxConnections, "Keep-alive connections. Default: 32.");
    private readonly Option<long?> _streams = OptionParsing.Whole("--streams", [], LoadOptions.MaxStreams, "Requests at once on each connection, with --http2. Default: 1.");
    private readonly Option<TimeSpan?> _for = OptionParsing.Duration("--for", ["-d"], "How long: 10s, 5m, 1h. Default: 10s, unless --requests says how many.");
    private readonly Option<long?> _requests = OptionParsing.Whole("--requests", ["-n"], MostRequests, "How many requests.");
    private readonly Option<TimeSpan?> _timeout = OptionParsing.Duration("--timeout", [], "How long one request may take. Default: 10s.");
    private readonly Option<string?> _method = OptionParsing.Text("--method", ["-X"], "METHOD", "GET, POST, … Default: GET, or POST with a body.");
    private readonly Option<string[]> _headers = OptionParsing.Many("--header", ["-H"], "'NAME: VALUE'", "A header to send; may be given again.");
    private readonly Option<string?> _body = OptionParsing.Text("--body", ["-b"], "TEXT|@FILE", "The body: a text, in which {n} and the like differ, or the content of a file.");
    private readonly Option<string?> _curl = OptionParsing.Text("--curl", [], "FILE", "Request what the curl commands in FILE request, in turns. They are read, never run.");
    private readonly Option<string?> _accessLog = OptionParsing.Text("--access-log", [], "FILE", "Request from the URL what the access log names, as often as it does.");
    private readonly Option<bool> _unsafe = new("--methods") { Description = "Send requests of the log that may change something as well (POST, DELETE, …), without bodies." };
    private readonly Option<bool> _http2 = new("--http2") { Description = "Speak HTTP/2 from the first byte, or agree on it with TLS." };
    private readonly Option<bool> _insecure = new("--insecure", "-k") { Description = "Take any certificate." };
    private readonly Option<string[]> _allow = OptionParsing.Many("--allow", [], "HOST", "A host other than this machine that may be loaded.");
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Load other machines without asking." };
    private readonly Option<double?> _maxErrors = OptionParsing.Number("--max-errors", [], 100, "Exit with 1 when more than N percent of the requests fail. Default: 0.");
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON." };
    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours; so does the variable NO_COLOR." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on stderr." };

    /// <summary>Runs <c>plumb stress</c> with the arguments behind the word "stress".</summary>
    public static int Run(string[] arguments)
    {
        var command = new StressCommand();
        RootCommand root = new("Plumb finds the line of code that leaks.") { command.Build() };
        ParseResult result = root.Parse(["stress", .. arguments]);
        return result.Errors.Count > 0
            ? Refuse(result.Errors.Select(error => error.Message))
            : result.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private Command Build()
    {
        Command stress = new("stress", "Put a load on a service, and tell how it bears it.")
        {
            _addresses, _rate, _connections, _streams, _for, _requests, _timeout, _method, _headers, _body, _curl, _accessLog, _unsafe, _http2, _insecure,
            _allow, _yes, _maxErrors, _json, _noColor, _quiet,
        };
        stress.SetAction(result => Problem(result) is { } problem ? Refuse([problem]) : StressProgram.Run(OptionsOf(result)));
        return stress;
    }

    private static int Refuse(IEnumerable<string> problems)
    {
        foreach (string problem in problems)
        {
            Console.Error.WriteLine($"plumb stress: {Profiles.TerminalText.Escape(problem)}");
        }

        Console.Error.WriteLine("'plumb stress --help' lists the options.");
        return ExitCodes.Error;
    }

    // What the options say together; each has been checked by itself.
    private string? Problem(ParseResult result)
    {
        int addresses = result.GetValue(_addresses)?.Length ?? 0;
        bool curl = result.GetValue(_curl) is not null;
        bool log = result.GetValue(_accessLog) is not null;
        return (addresses, curl, log) switch
        {
            (_, true, true) => "--curl and --access-log are two loads: give one of them",
            (0, false, false) => "what is to be requested? Give a URL, --curl FILE, or a URL and --access-log FILE",
            ( > 0, true, _) => "the curl commands name their own addresses: leave the URL out",
            (not 1, _, true) => "--access-log wants the one URL whose host is to be loaded",
            _ when result.GetValue(_streams) > 1 && !result.GetValue(_http2) => "--streams needs --http2: HTTP/1.1 carries one request at a time",
            _ when result.GetValue(_rate) == 0 => "--rate must be above 0",
            _ when result.GetValue(_for) > s_longest => string.Create(CultureInfo.InvariantCulture, $"--for must be at most {s_longest.TotalDays} days"),
            _ when result.GetValue(_connections) * (result.GetValue(_streams) ?? 1) > LoadOptions.MaxConnections =>
                $"connections times streams must be at most {LoadOptions.MaxConnections}",
            _ when (curl || log) && (result.GetValue(_method) ?? result.GetValue(_body)) is not null => "--method and --body are for a URL: the file says what is sent",
            _ => null,
        };
    }

    private StressOptions OptionsOf(ParseResult result) => new()
    {
        Addresses = result.GetValue(_addresses) ?? [],
        Method = result.GetValue(_method),
        Headers = result.GetValue(_headers) ?? [],
        Body = result.GetValue(_body),
        Curl = result.GetValue(_curl),
        AccessLog = result.GetValue(_accessLog),
        UnsafeMethods = result.GetValue(_unsafe),
        Rate = result.GetValue(_rate),
        Connections = (int)(result.GetValue(_connections) ?? 32),
        Streams = (int)(result.GetValue(_streams) ?? 1),
        // A number of requests with a rate ends by itself; without bounds of its own it ends when it is done.
        Duration = result.GetValue(_for) ?? (result.GetValue(_requests) is null ? s_defaultDuration : null),
        Requests = result.GetValue(_requests),
        Timeout = result.GetValue(_timeout) ?? TimeSpan.FromSeconds(10),
        Http2 = result.GetValue(_http2),
        Insecure = result.GetValue(_insecure),
        Allow = result.GetValue(_allow) ?? [],
        Yes = result.GetValue(_yes),
        MaxErrorPercent = result.GetValue(_maxErrors) ?? 0,
        Json = result.GetValue(_json),
        NoColor = result.GetValue(_noColor),
        Quiet = result.GetValue(_quiet),
    };
}
