namespace Plumb.Collectors.Loading;

/// <summary>The host of a load is not this machine, and nobody allowed that.</summary>
public sealed class LoadRefusedException : Exception
{
    public LoadRefusedException(string message)
        : base(message)
    {
    }
}
