using System.Net;
using System.Net.Sockets;

namespace Plumb.Collectors.Tests;

/// <summary>A loopback port at which nobody listens, and which nobody else is given as long as this lives.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_bound.LocalEndPoint!).Port}";

    public void Dispose() => _bound.Dispose();
}
