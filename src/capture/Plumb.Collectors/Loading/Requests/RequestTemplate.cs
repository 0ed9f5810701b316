using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Plumb.Collectors.Loading.Requests;

/// <summary>A request that a load sends again and again. Address, header values and body may hold the places of <see cref="TextTemplate"/>.</summary>
public sealed class RequestTemplate
{
    private const int MaxMethodLength = 32;

    // What keeps the framing of the connection right is written by the load itself.
    private static readonly HashSet<string> s_framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect", "Keep-Alive", "TE", "Trailer",
    };

    private static readonly SearchValues<char> s_token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private RequestTemplate(string method, Uri origin, TextTemplate target, IReadOnlyList<RequestHeader> headers, TextTemplate? body, string name)
    {
        Method = method;
        Origin = origin;
        Target = target;
        Headers = headers;
        Body = body;
        Name = name;
        IsConstant = target.IsConstant && headers.All(header => header.Value.IsConstant) && body?.IsConstant != false;
    }

    public string Method { get; }

    /// <summary>Scheme, host and port.</summary>
    public Uri Origin { get; }

    /// <summary>Path and query.</summary>
    public TextTemplate Target { get; }

    public IReadOnlyList<RequestHeader> Headers { get; }

    public TextTemplate? Body { get; }

    /// <summary>How often it is sent, against the other requests of its mix.</summary>
    public double Weight { get; private init; } = 1;

    /// <summary>Method and address as the user wrote them, without userinfo.</summary>
    public string Name { get; }

    /// <summary>Whether it only asks: a method that must change nothing.</summary>
    public bool IsSafe => Method is "GET" or "HEAD" or "OPTIONS";

    internal bool IsConstant { get; }

    /// <exception cref="ArgumentException">The address is not one of http or https.</exception>
    public static RequestTemplate Get(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return TryCreate("GET", address.OriginalString, [], null, out RequestTemplate? request, out string? problem)
            ? request
            : throw new ArgumentException(problem, nameof(address));
    }

    /// <summary>Makes a request; when it cannot be one, <paramref name="problem"/> says why.</summary>
    /// <param name="method">Any token.</param>
    /// <param name="address">An http or https address.</param>
    /// <param name="headers">Names and values; those that frame the message are the load's own.</param>
    /// <param name="body">Null for none.</param>
    public static bool TryCreate(
        string method,
        string address,
        IReadOnlyList<(string Name, string Value)> headers,
        TextTemplate? body,
        [NotNullWhen(true)] out RequestTemplate? request,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(headers);
        request = null;
        (string masked, Func<string, string> restore) = TextTemplate.Mask(address.Trim());
        problem = ProblemOf(method, masked, headers, out Uri? uri);
        if (problem is not null)
        {
            return false;
        }

        Uri origin = new UriBuilder(uri!.Scheme, uri.IdnHost, uri.Port, "/").Uri;
        string target = restore(uri.PathAndQuery);
        List<RequestHeader> all = [.. headers.Select(header => new RequestHeader(header.Name, TextTemplate.Parse(header.Value)))];
        if (uri.UserInfo.Length > 0 && !headers.Any(header => header.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)))
        {
            all.Add(new RequestHeader("Authorization", TextTemplate.Parse(BasicOf(Uri.UnescapeDataString(uri.UserInfo)))));
        }

        string shown = string.Create(CultureInfo.InvariantCulture, $"{method} {uri.Scheme}://{uri.Authority}{target}");
        request = new RequestTemplate(method, origin, TextTemplate.Parse(target), all, body, shown);
        return true;
    }

    public RequestTemplate WithWeight(double weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, 1e12);
        return new RequestTemplate(Method, Origin, Target, Headers, Body, Name) { Weight = weight };
    }

    /// <summary>The same request with further headers, which stand for those of the same name that it has.</summary>
    public bool TryWithHeaders(
        IReadOnlyList<(string Name, string Value)> headers,
        [NotNullWhen(true)] out RequestTemplate? request,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(headers);
        problem = headers.Select(ProblemOf).FirstOrDefault(one => one is not null);
        IEnumerable<RequestHeader> kept = Headers.Where(header => !headers.Any(one => one.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase)));
        IEnumerable<RequestHeader> added = headers.Select(header => new RequestHeader(header.Name, TextTemplate.Parse(header.Value)));
        request = problem is null ? new RequestTemplate(Method, Origin, Target, [.. kept, .. added], Body, Name) { Weight = Weight } : null;
        return request is not null;
    }

    internal static string BasicOf(string credentials) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

    private static string? ProblemOf(string method, string address, IReadOnlyList<(string Name, string Value)> headers, out Uri? uri)
    {
        uri = null;
        if (method.Length is 0 or > MaxMethodLength || method.AsSpan().ContainsAnyExcept(s_token) || method == "CONNECT")
        {
            return $"'{method}' is no method that can be sent";
        }

        if (address.Length > RequestLimits.MaxAddressLength)
        {
            return "the address is too long";
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out uri) || !HasHost(uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return $"'{address}' is not an http or https address";
        }

        if (uri.Authority.Contains('~', StringComparison.Ordinal))
        {
            return "a place that varies cannot be in the host";
        }

        return headers.Count > RequestLimits.MaxHeaders ? "there are too many headers" : headers.Select(ProblemOf).FirstOrDefault(problem => problem is not null);
    }

    // That a name has characters which no host may have shows only when it is put into ASCII.
    private static bool HasHost(Uri uri)
    {
        try
        {
            return uri.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    private static string? ProblemOf((string Name, string Value) header)
    {
        if (header.Name.Length == 0 || header.Name.AsSpan().ContainsAnyExcept(s_token))
        {
            return $"'{header.Name}' is no header's name";
        }

        if (header.Value.Length > RequestLimits.MaxHeaderLength || header.Value.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            return $"the value of the header {header.Name} is too long, or holds the end of a line";
        }

        return s_framing.Contains(header.Name) ? $"the header {header.Name} is written by the load itself" : null;
    }
}
