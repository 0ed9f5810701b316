using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plumb.Cli.Tests.Pprof;

/// <summary>Answers every request on a loopback port with the same bytes.</summary>
internal sealed class ProfileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;

    public ProfileServer(byte[] body, string contentType = "application/octet-stream", string status = "200 OK")
    {
        string head = string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        _answer = [.. Encoding.ASCII.GetBytes(head), .. body];
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Host and port, as people type them.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public string LastRequest { get; private set; } = "";

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                using NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                LastRequest = (await reader.ReadLineAsync())?.Split(' ')[1] ?? "";
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }

                await stream.WriteAsync(_answer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
