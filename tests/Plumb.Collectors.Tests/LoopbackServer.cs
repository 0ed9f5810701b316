using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plumb.Collectors.Tests;

/// <summary>A server on a real loopback socket whose answers a test writes byte by byte, so that it can be as broken as it likes.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> _answer;
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly Task _accepting;

    /// <param name="answer">Gets the request target (<c>/debug/pprof/heap?gc=1</c>) and writes the answer; the connection stays open afterwards.</param>
    public LoopbackServer(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    public ConcurrentQueue<string> Requests { get; } = [];

    public ConcurrentQueue<string> Headers { get; } = [];

    /// <summary>When each request came, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public ConcurrentQueue<long> Arrivals { get; } = [];

    public int Connections => _clients.Count;

    /// <summary>A server that answers each path with a whole body.</summary>
    public static LoopbackServer Of(Func<string, byte[]?> body) => new((path, stream, stop) =>
        body(path) is { } bytes ? SendAsync(stream, "200 OK", "application/octet-stream", bytes, stop) : SendAsync(stream, "404 Not Found", "text/plain", "404 page not found\n"u8.ToArray(), stop));

    public static async Task SendAsync(NetworkStream stream, string status, string mediaType, byte[] body, CancellationToken stop, string extraHeaders = "")
    {
        string head = $"HTTP/1.1 {status}\r\nContent-Type: {mediaType}\r\nContent-Length: {body.Length}\r\n{extraHeaders}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
        await stream.WriteAsync(body, stop);
    }

    /// <summary>Closes the listener and every connection, as a killed process would.</summary>
    public void Die()
    {
        _stop.Cancel();
        _listener.Stop();
        foreach (TcpClient client in _clients)
        {
            client.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Die();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                _clients.Add(client);
                serving.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // What a closed listener throws depends on whether it was being waited on.
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using NetworkStream stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } request)
            {
                Arrivals.Enqueue(Stopwatch.GetTimestamp());
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } header)
                {
                    Headers.Enqueue(header);
                }

                string path = request.Split(' ')[1];
                Requests.Enqueue(path);
                await _answer(path, stream, _stop.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The test, the client or Die() closed the connection.
        }
    }
}
