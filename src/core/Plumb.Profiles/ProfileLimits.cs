namespace Plumb.Profiles;

/// <summary>
/// What a decoder accepts before it gives up. A profile comes from a network or a stranger's file; these bounds keep one input from
/// taking the machine down. Each can be raised with a <c>with</c> expression by an owner who knows the input.
/// </summary>
public sealed record ProfileLimits
{
    public static ProfileLimits Default { get; } = new();

    /// <summary>Bytes as they arrive, gzip or raw. Default 1 GiB.</summary>
    public long MaxInputBytes { get; init; } = 1L << 30;

    /// <summary>Bytes after decompression. Default 8 GiB: the largest profile seen in the wild decompresses to about 4.</summary>
    public long MaxDecompressedBytes { get; init; } = 8L << 30;

    /// <summary>Decompressed bytes per compressed byte, judged once more than 64 MiB have come out. Default 200; real profiles stay below 40.</summary>
    public int MaxCompressionRatio { get; init; } = 200;

    /// <summary>Default 100 million.</summary>
    public int MaxSamples { get; init; } = 100_000_000;

    /// <summary>Sample types, that is values a sample. Default 64.</summary>
    public int MaxSampleTypes { get; init; } = 64;

    /// <summary>Default 20 million.</summary>
    public int MaxLocations { get; init; } = 20_000_000;

    /// <summary>Default 20 million.</summary>
    public int MaxFunctions { get; init; } = 20_000_000;

    /// <summary>Default 1 million.</summary>
    public int MaxMappings { get; init; } = 1_000_000;

    /// <summary>Entries of the string table. Default 50 million.</summary>
    public int MaxStrings { get; init; } = 50_000_000;

    /// <summary>Bytes of one string. Default 16 MiB.</summary>
    public int MaxStringBytes { get; init; } = 16 << 20;

    /// <summary>Locations of one stack. Default 100,000.</summary>
    public int MaxStackDepth { get; init; } = 100_000;

    /// <summary>Locations of all distinct stacks together. Default 2,000,000,000; the table's index is 32 bits.</summary>
    public int MaxStackEntries { get; init; } = 2_000_000_000;

    /// <summary>Inlined calls at one location. Default 10,000.</summary>
    public int MaxLinesPerLocation { get; init; } = 10_000;

    /// <summary>Default 10,000.</summary>
    public int MaxLabelsPerSample { get; init; } = 10_000;

    /// <summary>Default 100,000.</summary>
    public int MaxComments { get; init; } = 100_000;
}
