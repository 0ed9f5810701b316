using System.CommandLine;
using Plumb.Cli.Leaks;
using Plumb.Cli.Loading;
using Plumb.Collectors.Loading;

namespace Plumb.Cli.Isolate;

/// <summary>The command line of <c>plumb isolate</c>.</summary>
internal sealed class IsolateCommand
{
    private const int MostRequests = 100_000;
    private const int MostRounds = 1000;
    private const int MostConnections = 256;

    private readonly Argument<string> _target = new("TARGET") { Description = "Where the profiles are: http://shop:6060, shop:6060." };
    private readonly Option<string?> _service = OptionParsing.Text("--service", [], "URL", "Where the routes are served, when that is not the target's host and port.");
    private readonly Option<string?> _routes = OptionParsing.Text("--routes", [], "FILE", "A route to a line: GET /users/{n}, /health, or a curl command.");
    private readonly Option<string?> _openApi = OptionParsing.Text("--openapi", [], "FILE|URL", "An OpenAPI 3 document in JSON.");
    private readonly Option<string?> _accessLog = OptionParsing.Text("--from-access-log", [], "FILE", "The routes that an access log names.");
    private readonly Option<bool> _unsafe = new("--methods") { Description = "Load routes that may change something as well (POST, DELETE, …)." };
    private readonly Option<long?> _requests = OptionParsing.Whole("--requests", ["-n"], MostRequests, "Requests to each route in a round. Default: 100.");
    private readonly Option<double?> _rate = OptionParsing.Number("--rate", ["-r"], LoadOptions.MaxRatePerSecond, "Requests per second. Default: 200.");
    private readonly Option<long?> _connections = OptionParsing.Whole("--connections", ["-c"], MostConnections, "Keep-alive connections. Default: 8.");
    private readonly Option<long?> _maxRounds = OptionParsing.Whole("--max-rounds", [], MostRounds, "End with what is known after N rounds. Default: 60.");
    private readonly Option<TimeSpan?> _settle = OptionParsing.Duration("--settle", [], "How long to wait for the service to come to rest after a round. Default: 5s.");
    private readonly Option<TimeSpan?> _timeout = OptionParsing.Duration("--timeout", [], "How long one answer may take. Default: 10s.");
    private readonly Option<string[]> _headers = OptionParsing.Many("--header", ["-H"], "'NAME: VALUE'", "A header for all requests; may be given again.");
    private readonly Option<string[]> _allow = OptionParsing.Many("--allow", [], "HOST", "A host other than this machine that may be loaded.");
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Load other machines without asking." };
    private readonly Option<string?> _module = OptionParsing.Text("--module", [], "PATH", "Import path of the program's own module, when it is not recognised.");
    private readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON." };
    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours; so does the variable NO_COLOR." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No plan and no progress on stderr." };

    /// <summary>Runs <c>plumb isolate</c> with the arguments behind the word "isolate".</summary>
    public static int Run(string[] arguments)
    {
        var command = new IsolateCommand();
        RootCommand root = new("Plumb finds the line of code that leaks.") { command.Build() };
        ParseResult result = root.Parse(["isolate", .. arguments]);
        return result.Errors.Count > 0
            ? Refuse(result.Errors.Select(error => error.Message))
            : result.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private Command Build()
    {
        Command isolate = new("isolate", "Find the routes of a service that leak.")
        {
            _target, _routes, _openApi, _accessLog, _service, _unsafe, _requests, _rate, _connections, _maxRounds, _settle, _timeout, _headers, _allow, _yes,
            _module, _json, _noColor, _quiet,
        };
        isolate.SetAction(result => Problem(result) is { } problem ? Refuse([problem]) : IsolateProgram.Run(OptionsOf(result)));
        return isolate;
    }

    private static int Refuse(IEnumerable<string> problems)
    {
        foreach (string problem in problems)
        {
            Console.Error.WriteLine($"plumb isolate: {Profiles.TerminalText.Escape(problem)}");
        }

        Console.Error.WriteLine("'plumb isolate --help' lists the options.");
        return ExitCodes.Error;
    }

    private string? Problem(ParseResult result)
    {
        int sources = new[] { _routes, _openApi, _accessLog }.Count(option => result.GetValue(option) is not null);
        return sources switch
        {
            0 => "which routes are there? Give --routes FILE, --openapi FILE or URL, or --from-access-log FILE",
            > 1 => "--routes, --openapi and --from-access-log are three ways to say the same: give one of them",
            _ => result.GetValue(_rate) == 0 ? "--rate must be above 0" : null,
        };
    }

    private IsolateOptions OptionsOf(ParseResult result) => new()
    {
        Target = result.GetValue(_target)!,
        Service = result.GetValue(_service),
        Routes = result.GetValue(_routes),
        OpenApi = result.GetValue(_openApi),
        AccessLog = result.GetValue(_accessLog),
        UnsafeMethods = result.GetValue(_unsafe),
        Requests = (int)(result.GetValue(_requests) ?? 100),
        Rate = result.GetValue(_rate) ?? 200,
        Connections = (int)(result.GetValue(_connections) ?? 8),
        MaxRounds = (int)(result.GetValue(_maxRounds) ?? 60),
        Settle = result.GetValue(_settle) ?? TimeSpan.FromSeconds(5),
        Timeout = result.GetValue(_timeout) ?? TimeSpan.FromSeconds(10),
        Headers = result.GetValue(_headers) ?? [],
        Allow = result.GetValue(_allow) ?? [],
        Yes = result.GetValue(_yes),
        MainModule = result.GetValue(_module),
        Json = result.GetValue(_json),
        NoColor = result.GetValue(_noColor),
        Quiet = result.GetValue(_quiet),
    };
}
