using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Loading.Connections;

/// <summary>One HTTP/2 connection that carries several requests at once: with prior knowledge over plain TCP, by ALPN over TLS.</summary>
internal sealed class Http2Connection : ILoadConnection
{
    private readonly LoadOptions _options;
    private readonly LoadDialer _dialer;
    private readonly Uri _origin;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _end = new();
    private Stream? _ahead;
    private long _opened;

    public Http2Connection(LoadOptions options, LoadDialer dialer, Uri origin, TimeProvider time)
    {
        _options = options;
        _dialer = dialer;
        _origin = origin;
        _time = time;
        _client = new HttpClient(NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public long Opened => Interlocked.Read(ref _opened);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            _ahead = await ConnectAsync(linked.Token).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is IOException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            _ahead = null;
        }
    }

    public async ValueTask<LoadAnswer?> SendAsync(RequestTemplate request, long number, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, _end.Token);
        try
        {
            using HttpRequestMessage message = MessageOf(request, number);
            using HttpResponseMessage response = await _client
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, linked.Token)
                .ConfigureAwait(false);
            long bytes = await DrainAsync(response, linked.Token).ConfigureAwait(false);
            return bytes > _options.MaxBodyBytes
                ? LoadAnswer.Failed(LoadOutcome.TooLong, bytes)
                : LoadAnswer.Complete((int)response.StatusCode, bytes);
        }
        catch (OperationCanceledException)
        {
            return timeout.IsCancellationRequested ? LoadAnswer.Failed(LoadOutcome.Timeout) : null;
        }
        catch (HttpRequestException failed) when (failed.InnerException is not LoadRefusedException)
        {
            return LoadAnswer.Failed(FailureKinds.OfHttp2(failed));
        }
        catch (Exception failed) when (failed is IOException or ObjectDisposedException)
        {
            return _end.IsCancellationRequested ? null : LoadAnswer.Failed(failed is HttpProtocolException ? LoadOutcome.Protocol : LoadOutcome.Reset);
        }
    }

    /// <summary>Every request has a timer of its own here.</summary>
    public void Expire(long now)
    {
    }

    public void Dispose()
    {
        _end.Cancel();
        _client.Dispose();
        _ahead?.Dispose();
    }

    private SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        EnableMultipleHttp2Connections = false,
        MaxConnectionsPerServer = 1,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        ConnectTimeout = _options.RequestTimeout,
        ActivityHeadersPropagator = null,
        SslOptions = _dialer.TlsOptions(_origin.IdnHost, SslApplicationProtocol.Http2),
        ConnectCallback = async (_, cancellationToken) =>
            Interlocked.Exchange(ref _ahead, null) ?? await ConnectAsync(cancellationToken).ConfigureAwait(false),
    };

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        Stream stream = await _dialer.ConnectPlainAsync(_origin.IdnHost, _origin.Port, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _opened);
        return stream;
    }

    private HttpRequestMessage MessageOf(RequestTemplate request, long number)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_origin, request.Target.Render(number)))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (request.Body is { } template)
        {
            var body = new ArrayBufferWriter<byte>();
            template.Write(body, number);
            message.Content = new ReadOnlyMemoryContent(body.WrittenMemory);
        }

        foreach (RequestHeader header in request.Headers)
        {
            Add(message, header.Name, header.Value.Render(number));
        }

        if (!message.Headers.Contains("User-Agent"))
        {
            message.Headers.UserAgent.Add(new ProductInfoHeaderValue("plumb-load", null));
        }

        return message;
    }

    // Headers of the content are kept apart by the client; which they are it knows best.
    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (!message.Headers.TryAddWithoutValidation(name, value))
        {
            message.Content?.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private async Task<long> DrainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            long total = 0;
            for (int read; total <= _options.MaxBodyBytes && (read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                total += read;
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
