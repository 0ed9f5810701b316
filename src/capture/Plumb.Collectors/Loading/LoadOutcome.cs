namespace Plumb.Collectors.Loading;

/// <summary>How one request of the load ended.</summary>
public enum LoadOutcome
{
    /// <summary>A status below 400, body read to its end.</summary>
    Success,

    /// <summary>A status from 400 to 499.</summary>
    ClientError,

    /// <summary>A status from 500.</summary>
    ServerError,

    /// <summary>No complete answer within the request's time.</summary>
    Timeout,

    /// <summary>No connection could be made.</summary>
    NotConnected,

    /// <summary>The connection broke, or what came was not HTTP, or it was too long.</summary>
    Broken,
}
