using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Plumb.Collectors.Targets;

/// <summary>A running service that answers below <c>/debug/pprof/</c>. Safe for concurrent use.</summary>
/// <remarks>
/// The target is not trusted: bodies are bounded, every request has a deadline, redirects stay on the host, no proxy and no cookies
/// are used, and credentials go to the target's own origin only.
/// </remarks>
public sealed class HttpTarget : IDisposable
{
    private const int ExcerptLength = 120;

    private readonly HttpClient _client;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly TargetLimits _limits;
    private readonly TimeProvider _time;

    private HttpTarget(TargetAddress address, TargetLimits limits, TimeProvider time)
    {
        Address = address;
        Base = address.Candidates[0];
        _authorization = address.Authorization;
        _limits = limits;
        _time = time;
        _client = new HttpClient(NewHandler(limits, address.SocketPath)) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("plumb");
    }

    /// <summary>What the user wrote.</summary>
    public TargetAddress Address { get; }

    /// <summary>The <c>/debug/pprof/</c> folder that answered, with a slash at its end.</summary>
    public Uri Base { get; private set; }

    /// <summary>
    /// Asks each candidate of <paramref name="address"/> for its goroutines, or for its heap where it knows none, as a runtime other than Go's
    /// may; and keeps the first that answers with a profile.
    /// </summary>
    /// <returns>The target, or what the last candidate that could be reached said.</returns>
    public static async Task<TargetSearch> FindAsync(
        TargetAddress address,
        TargetLimits limits,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var target = new HttpTarget(address, limits, time);
        try
        {
            FetchFailure? first = null;
            foreach (Uri candidate in address.Candidates)
            {
                target.Base = candidate;
                FetchResult result = await target.FetchAsync("goroutine", cancellationToken).ConfigureAwait(false);
                if (result is FetchedBody || (result is ErrorStatus { Status: 404 or 501 } && await target.FetchAsync("heap", cancellationToken).ConfigureAwait(false) is FetchedBody))
                {
                    HttpTarget found = target;
                    target = null;
                    return new TargetFound(found);
                }

                first ??= (FetchFailure)result;
            }

            return new TargetMissing(first!);
        }
        finally
        {
            target?.Dispose();
        }
    }

    /// <summary>A target that is known to answer at the first candidate of its address.</summary>
    public static HttpTarget At(TargetAddress address, TargetLimits limits, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new HttpTarget(address, limits, time);
    }

    /// <summary>Fetches a path below <see cref="Base"/>, such as <c>heap?gc=1</c>.</summary>
    public Task<FetchResult> FetchAsync(string relative, CancellationToken cancellationToken) =>
        FetchAsync(new Uri(Base, relative), cancellationToken);

    /// <summary>Fetches the page that lists the profiles: <see cref="Base"/> itself, the one address below it where HTML is right.</summary>
    public Task<FetchResult> FetchIndexAsync(CancellationToken cancellationToken) => FetchAsync(Base, mayBePage: true, cancellationToken);

    /// <summary>Fetches an absolute address with the limits of this target; credentials are sent to its own origin only.</summary>
    public Task<FetchResult> FetchAsync(Uri address, CancellationToken cancellationToken) => FetchAsync(address, mayBePage: false, cancellationToken);

    private async Task<FetchResult> FetchAsync(Uri address, bool mayBePage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var deadline = new CancellationTokenSource(_limits.Deadline, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Uri shown = WithoutUserInfo(address);
        try
        {
            return await FollowAsync(shown, mayBePage, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TimedOut(shown, _limits.Deadline);
        }
        catch (LimitPassedException passed)
        {
            return new TooLarge(shown, passed.LimitBytes, passed.Decoded);
        }
        catch (HttpRequestException failed)
        {
            return FailureOf(shown, failed);
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException)
        {
            return new BrokenAnswer(shown, failed is InvalidDataException ? "the answer is not valid gzip" : "the connection broke during the answer");
        }
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler NewHandler(TargetLimits limits, string? socketPath) => new()
    {
        ConnectCallback = socketPath is null ? null : (_, stop) => ConnectAsync(socketPath, stop),
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = limits.Deadline,
        // Each of our own connections is a goroutine and a file descriptor in the service that is being judged.
        MaxConnectionsPerServer = 1,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
    };

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Uri WithoutUserInfo(Uri address) =>
        address.UserInfo.Length == 0 ? address : new UriBuilder(address) { UserName = "", Password = "" }.Uri;

    private static bool SameOrigin(Uri a, Uri b) =>
        Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static FetchFailure FailureOf(Uri address, HttpRequestException failed)
    {
        if (failed.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse
            or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded)
        {
            return new BrokenAnswer(address, "the answer broke off or is not HTTP");
        }

        string reason = (failed.HttpRequestError, failed.InnerException) switch
        {
            (HttpRequestError.NameResolutionError, _) => $"there is no host named {address.Host}",
            (HttpRequestError.SecureConnectionError, _) => "no TLS connection could be made",
            (_, SocketException { SocketErrorCode: SocketError.ConnectionRefused }) => "connection refused",
            (_, SocketException socket) => $"no connection ({socket.SocketErrorCode})",
            _ => "no connection",
        };
        return new Unreachable(address, reason);
    }

    private async Task<FetchResult> FollowAsync(Uri address, bool mayBePage, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        Uri next = address;
        for (int hop = 0; ; hop++)
        {
            using HttpRequestMessage request = RequestFor(next);
            using HttpResponseMessage response = await _client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            if ((int)response.StatusCode is < 300 or >= 400)
            {
                return await ReadAsync(next, response, mayBePage, started, cancellationToken).ConfigureAwait(false);
            }

            if (response.Headers.Location is not { } location)
            {
                return new ErrorStatus(next, (int)response.StatusCode, "");
            }

            Uri destination = WithoutUserInfo(new Uri(next, location));
            if (!SameOrigin(next, destination) || hop == _limits.MaxRedirects)
            {
                return new RedirectedAway(next, destination.AbsoluteUri);
            }

            next = destination;
        }
    }

    private HttpRequestMessage RequestFor(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        // A profile is gzipped already; compressing it again costs the service CPU while it is being measured.
        request.Headers.AcceptEncoding.ParseAdd("identity");
        if (SameOrigin(address, Address.Origin))
        {
            request.Headers.Authorization = _authorization;
        }

        return request;
    }

    private async Task<FetchResult> ReadAsync(Uri address, HttpResponseMessage response, bool mayBePage, long started, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            string excerpt = await ExcerptAsync(response, cancellationToken).ConfigureAwait(false);
            return new ErrorStatus(address, (int)response.StatusCode, excerpt);
        }

        string mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
        if (!mayBePage && mediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return new HtmlPage(address);
        }

        if (response.Content.Headers.ContentLength > _limits.MaxBodyBytes)
        {
            return new TooLarge(address, _limits.MaxBodyBytes, Decoded: false);
        }

        byte[] body = await BodyAsync(response, cancellationToken).ConfigureAwait(false);
        return !mayBePage && LooksLikeHtml(body)
            ? new HtmlPage(address)
            : new FetchedBody(address, body, mediaType, _time.GetElapsedTime(started));
    }

    private async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream wire = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var limited = new LimitedStream(wire, _limits.MaxBodyBytes, decoded: false);
        using var body = new MemoryStream(capacity: (int)Math.Clamp(response.Content.Headers.ContentLength ?? 0, 0, 1 << 20));
        if (!response.Content.Headers.ContentEncoding.Contains("gzip", StringComparer.OrdinalIgnoreCase))
        {
            await limited.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
            return body.ToArray();
        }

        await using var plain = new GZipStream(limited, CompressionMode.Decompress);
        await using var bounded = new LimitedStream(plain, _limits.MaxDecodedBytes, decoded: true);
        await bounded.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        return body.ToArray();
    }

    // What an error page says goes to a terminal and into notes: one short line of printable ASCII.
    private static async Task<string> ExcerptAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4 * ExcerptLength];
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        int read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (LooksLikeHtml(buffer.AsSpan(0, read)))
        {
            return "an HTML page";
        }

        var excerpt = new StringBuilder();
        foreach (byte b in buffer.AsSpan(0, read))
        {
            if (excerpt.Length == ExcerptLength || (b == '\n' && excerpt.Length > 0))
            {
                break;
            }

            if (b is >= 0x20 and < 0x7f)
            {
                excerpt.Append((char)b);
            }
        }

        return excerpt.ToString().Trim();
    }

    private static bool LooksLikeHtml(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> start = body.TrimStart(" \t\r\n\uFEFF"u8);
        return start.Length > 0 && start[0] == '<';
    }
}
