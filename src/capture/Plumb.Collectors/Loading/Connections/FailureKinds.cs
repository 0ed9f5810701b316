using System.Net.Sockets;
using System.Security.Authentication;

namespace Plumb.Collectors.Loading.Connections;

/// <summary>What an exception of the network means for a request.</summary>
internal static class FailureKinds
{
    /// <summary>The kind of a failure while connecting.</summary>
    public static LoadOutcome OfConnecting(Exception failed) => failed switch
    {
        OperationCanceledException => LoadOutcome.Timeout,
        AuthenticationException => LoadOutcome.Tls,
        SocketException socket => OfSocket(socket, LoadOutcome.Unreachable),
        // The other side hung up in the middle of the handshake.
        IOException => LoadOutcome.Tls,
        _ => LoadOutcome.Unreachable,
    };

    /// <summary>The kind of a failure on a connection that was made.</summary>
    public static LoadOutcome OfExchange(Exception failed) => failed switch
    {
        SocketException socket => OfSocket(socket, LoadOutcome.Reset),
        { InnerException: SocketException socket } => OfSocket(socket, LoadOutcome.Reset),
        _ => LoadOutcome.Reset,
    };

    public static LoadOutcome OfHttp2(HttpRequestException failed) => failed switch
    {
        { HttpRequestError: HttpRequestError.SecureConnectionError } => LoadOutcome.Tls,
        { HttpRequestError: HttpRequestError.NameResolutionError } => LoadOutcome.Unreachable,
        { HttpRequestError: HttpRequestError.ConnectionError, InnerException: { } inner } => OfConnecting(inner),
        { HttpRequestError: HttpRequestError.ConnectionError } => LoadOutcome.Unreachable,
        { HttpRequestError: HttpRequestError.ResponseEnded } => LoadOutcome.Reset,
        { InnerException: IOException { InnerException: SocketException } } => LoadOutcome.Reset,
        _ => LoadOutcome.Protocol,
    };

    private static LoadOutcome OfSocket(SocketException failed, LoadOutcome otherwise) => failed.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => LoadOutcome.Refused,
        SocketError.TimedOut => LoadOutcome.Timeout,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => LoadOutcome.Reset,
        _ => otherwise,
    };
}
