using System.Net.Sockets;
using Plumb.Collectors.Loading.Connections;

namespace Plumb.Collectors.Loading;

/// <summary>Puts a load on one or several addresses. With a rate, requests are due at fixed times, and their latency is counted from when
/// they were due; without one, each connection sends its next request once the last one is answered.</summary>
/// <remarks>
/// A client that waits for an answer before it sends the next request slows down with the service and never sees the queue that real
/// users would stand in ("coordinated omission"). Here a request that could not be begun in time because all connections were busy
/// has waited since it was due, and that wait is part of its latency. When a connection was free and only the timer's own grain made
/// it late (a millisecond or two), the wait is not the service's, and the latency starts when the request was sent.
/// <para>All connections are opened before the first request is due, each by the sender that keeps it. A pool that opens one more whenever the
/// service is slow would look, from the service, like a leak of connections: goroutines, descriptors and buffers that rise in stairs.</para>
/// <para>Memory is bounded by the number of connections: what is due but not begun is a difference of two numbers, not a queue.</para>
/// </remarks>
public sealed class LoadGenerator : IDisposable
{
    private const long NotStarted = long.MinValue;

    // Timers tick by the millisecond; what is later than two ticks is our own machine's fault and counts against the load.
    private static readonly TimeSpan s_timerGrain = TimeSpan.FromMilliseconds(2.5);
    private static readonly TimeSpan s_expiryCheck = TimeSpan.FromMilliseconds(20);

    private readonly LoadOptions _options;
    private readonly LoadSchedule _schedule;
    private readonly LoadDialer _dialer;
    private readonly TimeProvider _time;
    // By connection, then by origin: a sender keeps one connection to each host.
    private readonly ILoadConnection[][] _connections;
    private readonly LoadCounters _counters;
    private long _next = -1;
    private long _begun;
    private long _started = NotStarted;
    private TimeSpan? _stopped;

    public LoadGenerator(LoadOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.RatePerSecond ?? 1, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.RatePerSecond ?? 1, LoadOptions.MaxRatePerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Connections, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Connections, LoadOptions.MaxConnections);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Streams, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Streams, options.Http2 ? LoadOptions.MaxStreams : 1);
        _options = options;
        _schedule = new LoadSchedule(options.RatePerSecond, options.MaxRequests, options.Duration);
        _dialer = new LoadDialer(options);
        _time = time;
        _counters = new LoadCounters(options.Requests);
        _connections = [.. Enumerable.Range(0, options.Connections).Select(_ => options.Requests.Origins.Select(Connection).ToArray())];
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
            return _counters.Report(elapsed, late, _connections.Sum(toEach => toEach.Sum(connection => connection.Opened)));
        }
    }

    /// <summary>Runs until a bound of the options is reached or it is cancelled; being cancelled is a normal end.</summary>
    /// <exception cref="LoadRefusedException">A host is not this machine's loopback and that was not allowed, or there is no such host.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await CheckHostsAsync(cancellationToken).ConfigureAwait(false);
        using CancellationTokenRegistration ending = cancellationToken.Register(Dispose);
        await Task.WhenAll(_connections.SelectMany(toEach => toEach).Select(c => c.OpenAsync(cancellationToken))).ConfigureAwait(false);
        Interlocked.Exchange(ref _started, _time.GetTimestamp());
        using var ended = new CancellationTokenSource();
        Task expiring = ExpireAsync(ended.Token);
        await Task.WhenAll(_connections.SelectMany(Senders).Select(sender => Task.Run(() => SendUntilDoneAsync(sender, cancellationToken), CancellationToken.None)))
            .ConfigureAwait(false);
        _stopped = _time.GetElapsedTime(_started);
        await ended.CancelAsync().ConfigureAwait(false);
        await expiring.ConfigureAwait(false);
    }

    /// <summary>Closes all connections; what is under way on them is broken off and not counted.</summary>
    public void Dispose()
    {
        foreach (ILoadConnection[] toEach in _connections)
        {
            foreach (ILoadConnection connection in toEach)
            {
                connection.Dispose();
            }
        }
    }

    private async Task CheckHostsAsync(CancellationToken cancellationToken)
    {
        foreach (Uri origin in _options.Requests.Origins)
        {
            try
            {
                await _dialer.AddressesAsync(origin.IdnHost, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                throw new LoadRefusedException(origin.IdnHost, $"the host {origin.IdnHost} of the load is not known");
            }
        }
    }

    private ILoadConnection Connection(Uri origin) => _options.Http2
        ? new Http2Connection(_options, _dialer, origin, _time)
        : new Http1Connection(_options, _dialer, origin, _time);

    private IEnumerable<ILoadConnection[]> Senders(ILoadConnection[] toEach) => Enumerable.Repeat(toEach, _options.Streams);

    private async Task SendUntilDoneAsync(ILoadConnection[] connections, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                TimeSpan now = _time.GetElapsedTime(_started);
                long index = Interlocked.Increment(ref _next);
                if (_schedule.Due(index, now) is not { } due)
                {
                    return;
                }

                if (due > now)
                {
                    await Task.Delay(due - now, _time, cancellationToken).ConfigureAwait(false);
                    now = _time.GetElapsedTime(_started);
                    due = now - due < s_timerGrain ? now : due;
                }

                Interlocked.Increment(ref _begun);
                int request = _options.Requests.IndexOf(index);
                ILoadConnection connection = connections[_options.Requests.OriginOf(request)];
                if (await connection.SendAsync(_options.Requests.Requests[request], index + 1, cancellationToken).ConfigureAwait(false) is { } answer)
                {
                    _counters.Add(request, answer, _time.GetElapsedTime(_started) - due);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_expiryCheck, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (ILoadConnection[] toEach in _connections)
                {
                    foreach (ILoadConnection connection in toEach)
                    {
                        connection.Expire(_time.GetTimestamp());
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
