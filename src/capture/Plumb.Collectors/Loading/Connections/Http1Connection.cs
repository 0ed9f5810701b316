using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Text;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Loading.Connections;

/// <summary>A keep-alive connection that speaks HTTP/1.1 and reads of an answer no more than where it ends.</summary>
/// <remarks>A load shares the machine with the service that it measures. A general client builds objects for every header and body;
/// this one costs little more than its system calls.</remarks>
internal sealed class Http1Connection : ILoadConnection
{
    private const int BufferBytes = 16 << 10;
    private static readonly TimeSpan s_longIdle = TimeSpan.FromSeconds(1);

    private readonly LoadOptions _options;
    private readonly LoadDialer _dialer;
    private readonly Uri _origin;
    private readonly TimeProvider _time;
    private readonly RequestDeadline _deadline = new();
    private readonly Http1ResponseReader _reader = new();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly ArrayBufferWriter<byte> _request = new();
    private readonly long _timeoutTicks;
    private RequestTemplate? _written;
    private Stream? _stream;
    private CancellationTokenSource? _connecting;
    private long _lastUsed;
    private bool _answered;

    public Http1Connection(LoadOptions options, LoadDialer dialer, Uri origin, TimeProvider time)
    {
        _options = options;
        _dialer = dialer;
        _origin = origin;
        _time = time;
        _timeoutTicks = (long)(options.RequestTimeout.TotalSeconds * time.TimestampFrequency);
    }

    public long Opened { get; private set; }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_deadline.TryBegin(_time.GetTimestamp() + _timeoutTicks))
        {
            await ConnectAsync(cancellationToken).ConfigureAwait(false);
            _deadline.Complete();
        }
    }

    public async ValueTask<LoadAnswer?> SendAsync(RequestTemplate request, long number, CancellationToken cancellationToken)
    {
        if (!_deadline.TryBegin(_time.GetTimestamp() + _timeoutTicks))
        {
            return null;
        }

        LoadAnswer answer = await ExchangeAsync(request, number, cancellationToken).ConfigureAwait(false);
        return _deadline.Complete() switch
        {
            false => null,
            true => LoadAnswer.Failed(LoadOutcome.Timeout, answer.Bytes),
            null => answer,
        };
    }

    public void Expire(long now)
    {
        if (_deadline.TryExpire(now))
        {
            Break();
        }
    }

    public void Dispose()
    {
        _deadline.EndAll();
        Break();
    }

    // Called from other threads: whatever the sender waits for fails then.
    private void Break()
    {
        Volatile.Read(ref _stream)?.Dispose();
        try
        {
            Volatile.Read(ref _connecting)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just connected.
        }
    }

    private async ValueTask<LoadAnswer> ExchangeAsync(RequestTemplate request, long number, CancellationToken cancellationToken)
    {
        if (_stream is not null && HasLapsed())
        {
            Close();
        }

        bool isKept = _stream is not null && _answered;
        if (_stream is null && await ConnectAsync(cancellationToken).ConfigureAwait(false) is { } failed)
        {
            return LoadAnswer.Failed(failed);
        }

        Write(request, number);
        LoadAnswer answer = await ExchangeAsync(request.Method == "HEAD").ConfigureAwait(false);
        // A service may close a kept connection at any time; a request that it cannot have seen goes over a new one (RFC 9110, 9.2.2).
        if (answer.Outcome == LoadOutcome.Reset && isKept && !_reader.HasBegun && request.IsSafe
            && await ConnectAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            answer = await ExchangeAsync(request.Method == "HEAD").ConfigureAwait(false);
        }

        _lastUsed = _time.GetTimestamp();
        return answer;
    }

    // A server does not speak first: what can be read on a connection that has waited is its end.
    private bool HasLapsed() =>
        _time.GetElapsedTime(_lastUsed) > s_longIdle && _stream is NetworkStream plain && plain.Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    private async Task<LoadOutcome?> ConnectAsync(CancellationToken cancellationToken)
    {
        using var connecting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        connecting.CancelAfter(_options.RequestTimeout);
        Volatile.Write(ref _connecting, connecting);
        try
        {
            Volatile.Write(ref _stream, await _dialer.ConnectAsync(_origin, connecting.Token).ConfigureAwait(false));
            Opened++;
            _answered = false;
            _lastUsed = _time.GetTimestamp();
            return null;
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException or AuthenticationException or IOException or ObjectDisposedException)
        {
            return FailureKinds.OfConnecting(failed);
        }
        finally
        {
            Volatile.Write(ref _connecting, null);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<LoadAnswer> ExchangeAsync(bool isHead)
    {
        Stream stream = _stream!;
        long bytes = 0;
        try
        {
            _reader.Begin(isHead);
            await stream.WriteAsync(_request.WrittenMemory).ConfigureAwait(false);
            while (!_reader.IsComplete && !_reader.IsMalformed && bytes <= _options.MaxBodyBytes)
            {
                int read = await stream.ReadAsync(_buffer).ConfigureAwait(false);
                bytes += read;
                _reader.Feed(_buffer.AsSpan(0, read));
                if (read == 0 && !_reader.End())
                {
                    Close();
                    return LoadAnswer.Failed(LoadOutcome.Reset, bytes);
                }
            }
        }
        catch (Exception failed) when (failed is IOException or SocketException or ObjectDisposedException)
        {
            Close();
            return LoadAnswer.Failed(FailureKinds.OfExchange(failed), bytes);
        }

        return Judge(bytes);
    }

    private LoadAnswer Judge(long bytes)
    {
        _answered = true;
        if (!_reader.IsComplete || !_reader.KeepsAlive)
        {
            Close();
        }

        return (_reader.IsMalformed, _reader.IsComplete) switch
        {
            (true, _) => LoadAnswer.Failed(LoadOutcome.Protocol, bytes),
            (_, false) => LoadAnswer.Failed(LoadOutcome.TooLong, bytes),
            _ => LoadAnswer.Complete(_reader.Status, bytes),
        };
    }

    private void Close()
    {
        Volatile.Read(ref _stream)?.Dispose();
        Volatile.Write(ref _stream, null);
    }

    // A request that never varies is written once.
    private void Write(RequestTemplate request, long number)
    {
        if (ReferenceEquals(_written, request))
        {
            return;
        }

        _written = request.IsConstant ? request : null;
        _request.ResetWrittenCount();
        Encoding.ASCII.GetBytes(request.Method, _request);
        _request.Write(" "u8);
        request.Target.Write(_request, number);
        _request.Write(" HTTP/1.1\r\n"u8);
        WriteDefaults(request);
        foreach (RequestHeader header in request.Headers)
        {
            Encoding.ASCII.GetBytes(header.Name, _request);
            _request.Write(": "u8);
            header.Value.Write(_request, number);
            _request.Write("\r\n"u8);
        }

        WriteBody(request, number);
    }

    private void WriteDefaults(RequestTemplate request)
    {
        if (!Has(request, "Host"))
        {
            Encoding.ASCII.GetBytes($"Host: {_origin.Authority}\r\n", _request);
        }

        if (!Has(request, "User-Agent"))
        {
            _request.Write("User-Agent: plumb-load\r\n"u8);
        }
    }

    private static bool Has(RequestTemplate request, string header)
    {
        foreach (RequestHeader one in request.Headers)
        {
            if (one.Name.Equals(header, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private void WriteBody(RequestTemplate request, long number)
    {
        if (request.Body is not { } template)
        {
            _request.Write("\r\n"u8);
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        template.Write(body, number);
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.WrittenCount}\r\n\r\n"), _request);
        _request.Write(body.WrittenSpan);
    }
}
