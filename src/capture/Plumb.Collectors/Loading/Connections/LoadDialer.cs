using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Plumb.Collectors.Loading.Connections;

/// <summary>Opens connections to the hosts that a load may go to, and to no other.</summary>
internal sealed class LoadDialer
{
    private readonly LoadOptions _options;

    public LoadDialer(LoadOptions options) => _options = options;

    /// <summary>A connection with TLS where the origin asks for it.</summary>
    public async Task<Stream> ConnectAsync(Uri origin, CancellationToken cancellationToken)
    {
        NetworkStream plain = await ConnectPlainAsync(origin.IdnHost, origin.Port, cancellationToken).ConfigureAwait(false);
        return origin.Scheme == Uri.UriSchemeHttps ? await SecureAsync(plain, origin.IdnHost, cancellationToken).ConfigureAwait(false) : plain;
    }

    public async Task<NetworkStream> ConnectPlainAsync(string host, int port, CancellationToken cancellationToken)
    {
        // The name was checked before; connecting checks again, since a name may resolve differently the next time.
        IPAddress[] addresses = await AddressesAsync(host, cancellationToken).ConfigureAwait(false);
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

    /// <exception cref="LoadRefusedException">The host may not be loaded.</exception>
    /// <exception cref="SocketException">The host is not known.</exception>
    public async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
        return _options.Allows(host) || addresses.All(IPAddress.IsLoopback)
            ? addresses
            : throw new LoadRefusedException(host, $"{host} is not this machine: a load on another host must be allowed");
    }

    public SslClientAuthenticationOptions TlsOptions(string host, SslApplicationProtocol protocol)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host, ApplicationProtocols = [protocol] };
        if (_options.AnyCertificate)
        {
#pragma warning disable CA5359 // What the user asked for by name: a test service with a certificate of its own.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return options;
    }

    private async Task<Stream> SecureAsync(NetworkStream plain, string host, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(TlsOptions(host, SslApplicationProtocol.Http11), cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
