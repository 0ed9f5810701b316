namespace Plumb.Collectors.Loading.Requests;

/// <summary>How large the texts may be that say what to request.</summary>
public static class RequestLimits
{
    /// <summary>Largest file of curl commands, routes or an OpenAPI document, in bytes.</summary>
    public const int MaxFileBytes = 32 << 20;

    /// <summary>Most bytes read of an access log; what comes after them is left out, and that is told.</summary>
    public const long MaxLogBytes = 1L << 30;

    /// <summary>Longest line of an access log, in characters.</summary>
    public const int MaxLineLength = 64 << 10;

    /// <summary>Most different requests in one load.</summary>
    public const int MaxRequests = 10_000;

    public const int MaxAddressLength = 16 << 10;

    public const int MaxHeaders = 100;

    public const int MaxHeaderLength = 16 << 10;

    public const int MaxBodyBytes = 16 << 20;

    /// <summary>Most different hosts in one load.</summary>
    public const int MaxOrigins = 16;
}
