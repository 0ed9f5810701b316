namespace Plumb.Runtime.NetTrace;

/// <summary>Bounds of a trace. The runtime writes blocks of about 100 KB, and begins its stacks anew every few megabytes.</summary>
internal sealed record NetTraceLimits
{
    public static NetTraceLimits Default { get; } = new();

    public int MaxBlockBytes { get; init; } = 8 << 20;

    public int MaxEventKinds { get; init; } = 16_384;

    /// <summary>Addresses of all stacks between two sequence points.</summary>
    public int MaxStackAddresses { get; init; } = 4 << 20;
}
