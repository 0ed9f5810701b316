using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Plumb.Collectors.Loading;

/// <summary>Puts a steady load on one address: requests are due at a fixed rate, sent over keep-alive connections, and their latency is
/// counted from when they were due.</summary>
/// <remarks>
/// A client that waits for an answer before it sends the next request slows down with the service and never sees the queue that real
/// users would stand in ("coordinated omission"). Here a request that could not be begun in time because all connections were busy
/// has waited since it was due, and that wait is part of its latency. When a connection was free and only our own timer woke late,
/// the wait is not the service's, and the latency starts when the request was sent.
/// <para>All connections are opened before the first request is due, each by the sender that keeps it. A pool that opens one more whenever the
/// service is slow would look, from the service, like a leak of connections: goroutines, descriptors and buffers that rise in stairs.</para>
/// <para>Memory is bounded by the number of connections: what is due but not begun is a difference of two numbers, not a queue.</para>
/// </remarks>
public sealed class LoadGenerator : IDisposable
{
    private const long NotStarted = long.MinValue;

    private readonly LoadOptions _options;
    private readonly LoadSchedule _schedule;
    private readonly TimeProvider _time;
    private readonly LoadConnection[] _connections;
    private readonly LatencyHistogram _latencies = new();
    private readonly long[] _outcomes = new long[Enum.GetValues<LoadOutcome>().Length];
    private long _next = -1;
    private long _begun;
    private long _started = NotStarted;
    private TimeSpan? _stopped;

    public LoadGenerator(LoadOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.RatePerSecond, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.RatePerSecond, LoadOptions.MaxRatePerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Connections, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Connections, LoadOptions.MaxConnections);
        _options = options;
        _schedule = new LoadSchedule(options.RatePerSecond, options.MaxRequests, options.Duration);
        _time = time;
        _connections = [.. Enumerable.Range(0, options.Connections).Select(_ => new LoadConnection(options))];
    }

    /// <summary>What has been done so far; may be asked while the load runs.</summary>
    public LoadReport Report
    {
        get
        {
            long started = Interlocked.Read(ref _started);
            TimeSpan elapsed = started == NotStarted ? TimeSpan.Zero : _stopped ?? _time.GetElapsedTime(started);
            long due = started == NotStarted ? 0 : _schedule.DueBy(elapsed);
            long late = Math.Max(0, due - Interlocked.Read(ref _begun));
            return new LoadReport(elapsed, (long[])_outcomes.Clone(), late, _latencies.Copy());
        }
    }

    /// <summary>Runs until a bound of the options is reached or it is cancelled; being cancelled is a normal end.</summary>
    /// <exception cref="LoadRefusedException">The host is not this machine's loopback and that was not allowed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!_options.AllowRemote)
        {
            await LoopbackOnlyAsync(_options.Address.Host, cancellationToken).ConfigureAwait(false);
        }

        await Task.WhenAll(_connections.Select(c => c.OpenAsync(cancellationToken))).ConfigureAwait(false);
        Interlocked.Exchange(ref _started, _time.GetTimestamp());
        Task[] connections = [.. _connections.Select(c => Task.Run(() => SendUntilDoneAsync(c, cancellationToken), CancellationToken.None))];
        await Task.WhenAll(connections).ConfigureAwait(false);
        _stopped = _time.GetElapsedTime(_started);
    }

    public void Dispose()
    {
        foreach (LoadConnection connection in _connections)
        {
            connection.Dispose();
        }
    }

    internal static async Task<IPAddress[]> LoopbackOnlyAsync(string host, CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            throw new LoadRefusedException($"the host {host} of the load is not known");
        }

        return addresses.All(IPAddress.IsLoopback)
            ? addresses
            : throw new LoadRefusedException($"{host} is not this machine: a load on another host needs --allow-remote-load");
    }

    private async Task SendUntilDoneAsync(LoadConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && _schedule.Due(Interlocked.Increment(ref _next)) is { } due)
            {
                TimeSpan wait = due - _time.GetElapsedTime(_started);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
                }

                Interlocked.Increment(ref _begun);
                TimeSpan from = wait > TimeSpan.Zero ? _time.GetElapsedTime(_started) : due;
                if (await SendAsync(connection, cancellationToken).ConfigureAwait(false) is { } outcome)
                {
                    Count(outcome, _time.GetElapsedTime(_started) - from);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private void Count(LoadOutcome outcome, TimeSpan latency)
    {
        Interlocked.Increment(ref _outcomes[(int)outcome]);
        // A refused connection fails in microseconds and would make a dead service look fast.
        if (outcome != LoadOutcome.NotConnected)
        {
            _latencies.Record(latency);
        }
    }

    // Null when the load itself was cancelled: that request says nothing about the service.
    private async Task<LoadOutcome?> SendAsync(LoadConnection connection, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _options.Address);
            using HttpResponseMessage response = await connection.SendAsync(request, linked.Token).ConfigureAwait(false);
            bool whole = await DrainAsync(response, linked.Token).ConfigureAwait(false);
            return (whole, (int)response.StatusCode) switch
            {
                (false, _) => LoadOutcome.Broken,
                (_, >= 500) => LoadOutcome.ServerError,
                (_, >= 400) => LoadOutcome.ClientError,
                _ => LoadOutcome.Success,
            };
        }
        catch (OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested ? null : LoadOutcome.Timeout;
        }
        catch (HttpRequestException failed)
        {
            return failed.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
                ? LoadOutcome.NotConnected
                : LoadOutcome.Broken;
        }
        catch (IOException)
        {
            return LoadOutcome.Broken;
        }
    }

    // A connection can be used again only when the body has been read to its end.
    private async Task<bool> DrainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
        try
        {
            long total = 0;
            for (int read; (read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                total += read;
                if (total > _options.MaxBodyBytes)
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
