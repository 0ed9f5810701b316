using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Plumb.Web.Serving;

namespace Plumb.Web.Security;

/// <summary>
/// Lets only those through who were given the address of this server: a site in the same browser that points its own name at this machine
/// (DNS rebinding) fails at the Host, one that sends requests across fails at the Origin, and everybody else at the key.
/// </summary>
internal sealed class RequestGuard(ListenAddress address, AccessKey key)
{
    /// <summary>Holds what the page was told at <see cref="TokenPath"/>, in every request that changes something.</summary>
    public const string TokenHeader = "X-Plumb-Token";

    /// <summary>Where the page, and nobody else, is told the token; below the address of a profile as well.</summary>
    public const string TokenPath = "/api/token";

    // A worker has the policy that its script came with: only the one that lays out graphs may compile WebAssembly.
    private const string WorkerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly AccessKey _token = AccessKey.New();

    /// <summary>Answers what is refused itself, and leaves the key out of the path of what is not.</summary>
    public Task Invoke(HttpContext context, RequestDelegate next)
    {
        AddHeaders(context.Response.Headers);
        HttpRequest request = context.Request;
        if (!IsOwnHost(request.Host.Host))
            return Refuse(context, HttpStatusCode.MisdirectedRequest, "This server does not answer to that name. Open the address that plumb printed.");

        if (!IsOwnOrigin(request))
            return Refuse(context, HttpStatusCode.Forbidden, "Requests from other sites are refused.");

        if (!TryTakeKey(request))
            return Refuse(context, HttpStatusCode.Unauthorized, "Open the whole address that plumb printed: it holds the key to this page, a new one each time.");

        // Should the address leak, a form of another site could still send what it likes; it cannot read the token, nor send a header.
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !_token.Matches(request.Headers[TokenHeader].ToString()))
            return Refuse(context, HttpStatusCode.Forbidden, "Only the page itself changes anything. Reload it.");

        if (request.Path.Value!.EndsWith(TokenPath, StringComparison.Ordinal))
            return Answer(context, HttpStatusCode.OK, _token.Text);

        if (request.Path.Value!.EndsWith(PageFiles.GraphWorker, StringComparison.Ordinal))
            context.Response.Headers.ContentSecurityPolicy = WorkerPolicy;

        return next(context);
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private bool IsOwnHost(string host)
    {
        if (host is "localhost" or "127.0.0.1" or "[::1]" || string.Equals(host.Trim('[', ']'), address.Host, StringComparison.OrdinalIgnoreCase))
            return true;

        // A name that is an address cannot be rebound, and the machine's own name is the owner's to give.
        return address.IsAny
            && (IPAddress.TryParse(host.Trim('[', ']'), out _) || string.Equals(host, Dns.GetHostName(), StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOwnOrigin(HttpRequest request)
    {
        StringValues origin = request.Headers.Origin;
        if (origin.Count > 0 && origin != $"{request.Scheme}://{request.Host.Value}")
            return false;

        // A link from elsewhere may lead here; a script or a picture elsewhere may not.
        return request.Headers["Sec-Fetch-Site"] != "cross-site" || request.Headers["Sec-Fetch-Mode"] == "navigate";
    }

    private bool TryTakeKey(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        int end = path.IndexOf('/', Math.Min(1, path.Length));
        if (end < 0 || !key.Matches(path[1..end]))
            return false;

        request.PathBase += path[..end];
        request.Path = path[end..];
        return true;
    }

    private static Task Refuse(HttpContext context, HttpStatusCode status, string reason) => Answer(context, status, reason + "\n");

    private static Task Answer(HttpContext context, HttpStatusCode status, string text)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
