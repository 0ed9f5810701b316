using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Plumb.Collectors.Processes;

/// <summary>Tells which addresses of a host name are this machine's own.</summary>
public static class LocalAddresses
{
    /// <summary>The addresses of <paramref name="host"/> that belong to this machine; none when it is another machine or unknown.</summary>
    public static async Task<IReadOnlyCollection<IPAddress>> OfAsync(string host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        IPAddress[] resolved;
        try
        {
            resolved = await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return [];
        }

        HashSet<IPAddress> own = OwnAddresses();
        return [.. resolved
            .Select(address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            .Where(address => IPAddress.IsLoopback(address) || own.Contains(address))];
    }

    private static HashSet<IPAddress> OwnAddresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(card => card.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address)];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
