using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Plumb.Cli.Tests.Pprof;

/// <summary>A service on a loopback port that answers by path, over TLS when it has a certificate; other paths are not found.</summary>
internal sealed class ServiceStandIn : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;

    // Nothing else holds an answer that never comes: its connection would be closed when garbage is collected.
    private readonly Task _serving;
    private readonly X509Certificate2? _clients;
    private readonly Dictionary<string, (string Type, byte[] Body)> _pages = new(StringComparer.Ordinal);

    /// <param name="certificate">Its own; null for plain HTTP.</param>
    /// <param name="clients">Who must have signed the certificates of clients; null when they need none.</param>
    public ServiceStandIn(X509Certificate2? certificate = null, X509Certificate2? clients = null)
    {
        _certificate = certificate;
        _clients = clients;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"localhost:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";

    public List<string> Requests { get; } = [];

    /// <summary>The header lines of the last request.</summary>
    public List<string> Headers { get; } = [];

    /// <summary>How long an answer takes.</summary>
    public TimeSpan Delay { get; init; }

    public ServiceStandIn With(string path, byte[] body, string type = "application/octet-stream")
    {
        _pages[path] = (type, body);
        return this;
    }

    public ServiceStandIn With(string path, string page) => With(path, Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8");

    public void Dispose()
    {
        _listener.Dispose();
        GC.KeepAlive(_serving);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                try
                {
                    await AnswerAsync(await OpenAsync(client.GetStream()));
                }
                catch (Exception e) when (e is IOException or AuthenticationException)
                {
                    // The client did not like what it saw, or was not liked.
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task<Stream> OpenAsync(NetworkStream stream)
    {
        if (_certificate is null)
            return stream;

        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ClientCertificateRequired = _clients is not null,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                _clients is null || certificate?.Issuer == _clients.Subject,
        });
        return secure;
    }

    private async Task AnswerAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string target = (await reader.ReadLineAsync())?.Split(' ')[1] ?? "";
        Requests.Add(target);
        Headers.Clear();
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
            Headers.Add(header);

        await Task.Delay(Delay);
        bool isThere = _pages.TryGetValue(target.Split('?')[0], out (string Type, byte[] Body) page);
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {(isThere ? "200 OK" : "404 Not Found")}\r\nContent-Type: {page.Type ?? "text/plain"}\r\nContent-Length: {page.Body?.Length ?? 0}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(page.Body ?? []);
        await stream.DisposeAsync();
    }
}
