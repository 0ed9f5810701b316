using System.Net;
using System.Net.Sockets;

namespace Plumb.Collectors.Loading;

/// <summary>One keep-alive connection of a load, opened ahead of its first request and again when the service closes it.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly LoadOptions _options;
    private readonly HttpClient _client;
    private NetworkStream? _opened;

    public LoadConnection(LoadOptions options)
    {
        _options = options;
        _client = new HttpClient(NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("plumb-load");
    }

    /// <summary>Connects. A service that cannot be reached is noticed, and counted, by the requests.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.RequestTimeout);
        try
        {
            _opened = await ConnectAsync(_options.Address.IdnHost, _options.Address.Port, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is SocketException or LoadRefusedException or OperationCanceledException)
        {
            _opened = null;
        }
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _opened?.Dispose();
    }

    private SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxConnectionsPerServer = 1,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        ConnectTimeout = _options.RequestTimeout,
        ConnectCallback = async (context, cancellationToken) =>
            TakeOpened()
            ?? await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false),
    };

    private NetworkStream? TakeOpened()
    {
        NetworkStream? opened = Interlocked.Exchange(ref _opened, null);
        // A server does not speak first: what can be read is the end of a connection that waited too long for its first request.
        if (opened?.Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) != true)
        {
            return opened;
        }

        opened.Dispose();
        return null;
    }

    private async Task<NetworkStream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        // The name was checked before; connecting checks again, since a name may resolve differently the next time.
        IPAddress[] addresses = _options.AllowRemote
            ? await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancellationToken).ConfigureAwait(false)
            : await LoadGenerator.LoopbackOnlyAsync(host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
