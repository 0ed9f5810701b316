using System.Globalization;
using Plumb.Cli.Leaks;
using Plumb.Cli.Loading;
using Plumb.Collectors.Loading.Requests;
using Plumb.Collectors.Targets;

namespace Plumb.Cli.Isolate;

/// <summary>The routes that a list, an OpenAPI document or an access log names.</summary>
/// <param name="Routes">At least one; no two with the same name.</param>
/// <param name="Notes">What was left out.</param>
internal sealed record RouteSources(IReadOnlyList<Route> Routes, IReadOnlyList<string> Notes)
{
    /// <exception cref="LeaksException">They cannot be read, or none is left.</exception>
    public static async Task<RouteSources> ReadAsync(IsolateOptions options, Uri service, HttpTarget target, CancellationToken cancellationToken)
    {
        (IReadOnlyList<Route> all, IReadOnlyList<string> notes) = options switch
        {
            { Routes: { } path } => (FromFile(path, service), []),
            { OpenApi: { } document } => (await FromOpenApiAsync(document, service, target, cancellationToken).ConfigureAwait(false), []),
            _ => FromLog(options, service, cancellationToken),
        };
        // A list says which methods are meant; a document describes everything that there is.
        bool takesAll = options.UnsafeMethods || options.Routes is not null;
        List<Route> routes = [.. all.Where(route => takesAll || route.IsSafe).Take(Route.MaxRoutes)];
        if (routes.Count == 0)
        {
            throw new LeaksException("all routes may change something, and are left out", "--methods loads them too, where that does no harm.");
        }

        List<Route> withHeaders = [.. routes.Select(route => WithHeaders(route, options.Headers))];
        return new RouteSources(withHeaders, [.. notes, .. LeftOut(all, takesAll)]);
    }

    private static IEnumerable<string> LeftOut(IReadOnlyList<Route> all, bool takesAll)
    {
        int left = takesAll ? 0 : all.Count(route => !route.IsSafe);
        if (left > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{left} routes may change something and were left out; --methods loads them too");
        }

        if (all.Count - left > Route.MaxRoutes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"only the first {Route.MaxRoutes} of {all.Count - left} routes are looked at");
        }
    }

    private static IReadOnlyList<Route> FromFile(string path, Uri service)
    {
        try
        {
            string text = RequestFiles.ReadText(path);
            return RouteText.Parse(text, service, RequestFiles.Beside(path));
        }
        catch (RequestFormatException wrong)
        {
            throw RequestFiles.Wrong(path, wrong);
        }
    }

    private static async Task<IReadOnlyList<Route>> FromOpenApiAsync(string document, Uri service, HttpTarget target, CancellationToken cancellationToken)
    {
        bool isAddress = Uri.TryCreate(document, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
        ReadOnlyMemory<byte> json = isAddress
            ? await target.FetchAsync(address!, cancellationToken).ConfigureAwait(false) switch
            {
                FetchedBody body => body.Bytes,
                FetchFailure failure => throw new LeaksException(failure.ToString(), "The OpenAPI document must be there as JSON."),
                _ => throw new InvalidOperationException(),
            }
            : RequestFiles.ReadBytes(document, RequestLimits.MaxFileBytes);
        try
        {
            return OpenApiRoutes.Parse(json, service);
        }
        catch (RequestFormatException wrong)
        {
            throw RequestFiles.Wrong(document, wrong);
        }
    }

    private static (IReadOnlyList<Route> Routes, IReadOnlyList<string> Notes) FromLog(IsolateOptions options, Uri service, CancellationToken cancellationToken)
    {
        AccessLog log = RequestFiles.ReadLog(options.AccessLog!, options.UnsafeMethods, cancellationToken);
        return (LogRoutes.Of(log, service), log.Notes);
    }

    private static Route WithHeaders(Route route, IReadOnlyList<string> headers) =>
        headers.Count == 0 ? route : route with { Requests = [.. route.Requests.Select(request => WithHeaders(request, headers))] };

    private static RequestTemplate WithHeaders(RequestTemplate request, IReadOnlyList<string> headers) =>
        request.TryWithHeaders(RequestFiles.HeadersOf(headers), out RequestTemplate? extended, out string? problem) ? extended : throw new LeaksException(problem);
}
