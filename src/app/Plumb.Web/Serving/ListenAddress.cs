using System.Globalization;
using System.Net;

namespace Plumb.Web.Serving;

/// <summary>Where a server listens, as <c>-http</c> names it: <c>[host]:[port]</c>.</summary>
/// <param name="Host">A name or an address; <c>localhost</c> when none was given.</param>
/// <param name="Port">0 for any that is free.</param>
public sealed record ListenAddress(string Host, int Port)
{
    private const string Local = "localhost";

    /// <summary>Whether only this machine can connect.</summary>
    public bool IsLocal => Host == Local || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Whether it stands for all addresses of the machine.</summary>
    public bool IsAny => IPAddress.TryParse(Host, out IPAddress? address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <exception cref="FormatException">No such address.</exception>
    public static ListenAddress Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 0)
            throw new FormatException($"\"{text}\" is no address to listen on: write host:port, or :port for this machine only");

        string host = text[..colon].Trim('[', ']');
        string port = text[(colon + 1)..];
        if (port.Length == 0)
            port = "0";

        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > IPEndPoint.MaxPort)
            throw new FormatException($"\"{port}\" is no port: a number from 1 to {IPEndPoint.MaxPort}, or nothing for one that is free");

        return new ListenAddress(host.Length == 0 ? Local : host, number);
    }
}
