using Plumb.Cli.Leaks;
using Plumb.Cli.Loading;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Cli.Stress;

/// <summary>The requests that a command line, a file of curl commands or an access log asks for.</summary>
/// <param name="Mix">What is sent.</param>
/// <param name="Notes">What was left out.</param>
internal sealed record StressRequests(RequestMix Mix, IReadOnlyList<string> Notes)
{
    /// <exception cref="LeaksException">They make no sense; the message says where.</exception>
    public static StressRequests Of(StressOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return options switch
            {
                { Curl: { } curl } => new StressRequests(RequestMix.Of(RequestFiles.ReadCurl(curl)), []),
                { AccessLog: { } log } => OfLog(options, log, cancellationToken),
                _ => new StressRequests(RequestMix.Of([.. options.Addresses.Select(address => Make(options, address))]), []),
            };
        }
        catch (ArgumentException wrong) when (wrong.ParamName == "requests")
        {
            throw new LeaksException(wrong.Message.Split(" (Parameter", 2)[0]);
        }
    }

    private static StressRequests OfLog(StressOptions options, string path, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(WithScheme(options.Addresses[0]), UriKind.Absolute, out Uri? origin))
        {
            throw new LeaksException($"'{options.Addresses[0]}' is not an http or https address");
        }

        AccessLog log = RequestFiles.ReadLog(path, options.UnsafeMethods, cancellationToken);
        (string Name, string Value)[] headers = RequestFiles.HeadersOf(options.Headers);
        List<RequestTemplate> requests = [.. log.Entries.Select(entry => Make(entry.Method, OnOrigin(origin, entry.Target), headers, null).WithWeight(entry.Count))];
        return new StressRequests(RequestMix.Of(requests), log.Notes);
    }

    /// <summary>A target of a log on a host. What it says is literal: it was some client's choice, not the user's.</summary>
    public static string OnOrigin(Uri origin, string target) =>
        origin.GetLeftPart(UriPartial.Authority) + target.Replace("{", "%7B", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal);

    private static RequestTemplate Make(StressOptions options, string address)
    {
        TextTemplate? body = options.Body switch
        {
            null => null,
            ['@', .. var file] => TextTemplate.Literal(RequestFiles.ReadBytes(file, RequestLimits.MaxBodyBytes)),
            var text => TextTemplate.Parse(text),
        };
        return Make(options.Method ?? (body is null ? "GET" : "POST"), WithScheme(address), RequestFiles.HeadersOf(options.Headers), body);
    }

    private static RequestTemplate Make(string method, string address, (string Name, string Value)[] headers, TextTemplate? body) =>
        RequestTemplate.TryCreate(method, address, headers, body, out RequestTemplate? request, out string? problem)
            ? request
            : throw new LeaksException(problem, "Write an address as http://localhost:8080/path, and a header as 'Name: value'.");

    private static string WithScheme(string address) => address switch
    {
        [':', ..] => "http://localhost" + address,
        _ when address.Contains("://", StringComparison.Ordinal) => address,
        _ => "http://" + address,
    };
}
