using Plumb.Collectors.Loading.Requests;

namespace Plumb.Collectors.Loading.Connections;

/// <summary>One connection of a load to one host, opened ahead of its first request and again after it was closed.</summary>
internal interface ILoadConnection : IDisposable
{
    /// <summary>How many times it was opened.</summary>
    long Opened { get; }

    /// <summary>Connects. A service that cannot be reached is noticed, and counted, by the requests.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Sends a request and reads its answer to the end; null when the load was ended meanwhile.</summary>
    /// <exception cref="LoadRefusedException">The host may not be loaded.</exception>
    ValueTask<LoadAnswer?> SendAsync(RequestTemplate request, long number, CancellationToken cancellationToken);

    /// <summary>Breaks off what has been under way for too long.</summary>
    /// <param name="now">A time stamp of the load's clock.</param>
    void Expire(long now);
}
