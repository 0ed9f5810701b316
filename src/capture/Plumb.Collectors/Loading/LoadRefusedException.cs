namespace Plumb.Collectors.Loading;

/// <summary>The host of a load is not this machine, and nobody allowed that; or it is not known at all.</summary>
public sealed class LoadRefusedException : Exception
{
    public LoadRefusedException(string host, string message)
        : base(message) => Host = host;

    public string Host { get; }
}
