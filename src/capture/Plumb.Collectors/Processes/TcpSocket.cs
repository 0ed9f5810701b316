using System.Net;

namespace Plumb.Collectors.Processes;

/// <summary>One row of <c>/proc/net/tcp</c> or <c>tcp6</c>.</summary>
/// <param name="LocalAddress">The own end; all zero when the socket listens on every address.</param>
/// <param name="LocalPort">The own port.</param>
/// <param name="State">What the connection is doing.</param>
/// <param name="Inode">The number in a descriptor's <c>socket:[…]</c>; 0 when no process owns the socket any more (TIME_WAIT).</param>
public readonly record struct TcpSocket(IPAddress LocalAddress, int LocalPort, TcpState State, long Inode);
