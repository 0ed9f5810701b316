using System.Net;
using System.Net.Sockets;
using Plumb.Cli.Leaks;
using Plumb.Profiles;

namespace Plumb.Cli.Loading;

/// <summary>Whether hosts other than this machine may be loaded: the user names them, says yes to all, or is asked.</summary>
internal sealed class LoadConsent
{
    private readonly IReadOnlyCollection<string> _allowed;
    private readonly bool _yes;
    private readonly Func<string, bool>? _ask;

    /// <param name="allowed">Hosts that were named with <c>--allow</c>.</param>
    /// <param name="yes">Whether the user has said yes ahead.</param>
    /// <param name="ask">Puts a question to the user; null when nobody is there to answer.</param>
    public LoadConsent(IReadOnlyCollection<string> allowed, bool yes, Func<string, bool>? ask)
    {
        _allowed = allowed;
        _yes = yes;
        _ask = ask;
    }

    /// <summary>A question on the terminal, with No as the answer to anything but y; null when there is no terminal.</summary>
    public static Func<string, bool>? AskOnTerminal() => Console.IsInputRedirected || Console.IsErrorRedirected ? null : static question =>
    {
        Console.Error.Write($"{TerminalText.Escape(question)} [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    };

    /// <summary>The hosts that may be loaded besides this machine, out of those that are to be.</summary>
    /// <param name="origins">Where the load goes.</param>
    /// <param name="load">The load in a few words, for the question.</param>
    /// <exception cref="LeaksException">A host is unknown, or may not be loaded.</exception>
    public async Task<IReadOnlyCollection<string>> ObtainAsync(IEnumerable<Uri> origins, string load, CancellationToken cancellationToken)
    {
        List<string> granted = [];
        foreach (string host in origins.Select(origin => origin.IdnHost.Trim('[', ']')).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (await IsLoopbackAsync(host, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            if (!_yes && !_allowed.Contains(host, StringComparer.OrdinalIgnoreCase) && _ask?.Invoke($"{host} is not this machine. Put {load} on it?") != true)
            {
                throw new LeaksException($"{host} is not this machine, and a load on it was not allowed", $"If it may be loaded, add --allow {host}.");
            }

            granted.Add(host);
        }

        return granted;
    }

    private static async Task<bool> IsLoopbackAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            return addresses.All(IPAddress.IsLoopback);
        }
        catch (SocketException)
        {
            throw new LeaksException($"there is no host named {host}", "Check the spelling of the address.");
        }
    }
}
