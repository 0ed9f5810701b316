namespace Plumb.Collectors.Loading;

/// <summary>How one request of the load ended.</summary>
public enum LoadOutcome
{
    /// <summary>A status below 400, body read to its end. A redirect is an answer like any other, and is not followed.</summary>
    Success,

    /// <summary>A status from 400 to 499.</summary>
    ClientError,

    /// <summary>A status from 500.</summary>
    ServerError,

    /// <summary>No complete answer within the request's time, or no connection within it.</summary>
    Timeout,

    /// <summary>The connection was refused: nobody listens.</summary>
    Refused,

    /// <summary>No connection could be made for another reason: no such name, no route, no free port.</summary>
    Unreachable,

    /// <summary>The connection was made, but TLS was not agreed on.</summary>
    Tls,

    /// <summary>The connection was reset or closed before the answer was complete.</summary>
    Reset,

    /// <summary>What came was not HTTP, or not the version of it that was asked for.</summary>
    Protocol,

    /// <summary>The body was longer than is read of one.</summary>
    TooLong,
}
