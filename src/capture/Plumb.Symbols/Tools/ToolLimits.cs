namespace Plumb.Symbols.Tools;

/// <summary>What is taken from a tool before it is stopped. It reads binaries that may have been made to confuse it.</summary>
public sealed record ToolLimits
{
    public static ToolLimits Default { get; } = new();

    /// <summary>How long a tool may be silent. Reading the debug information of a browser takes it a minute.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of one line; mangled names of templates reach many kilobytes.</summary>
    public int MaxLineBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of the whole answer of a tool that is run for one question.</summary>
    public long MaxOutputBytes { get; init; } = 512L << 20;
}
