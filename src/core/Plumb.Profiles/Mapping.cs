namespace Plumb.Profiles;

/// <summary>A binary or library mapped into the process (profile.proto Mapping).</summary>
/// <param name="Start">First address.</param>
/// <param name="Limit">One past the last address.</param>
/// <param name="Offset">Bytes into the file that are mapped at <paramref name="Start"/>.</param>
/// <param name="File">Path of the file on the profiled machine; empty when unknown.</param>
/// <param name="BuildId">Identifies the version of the binary, usually hexadecimal; empty when unknown.</param>
public sealed record Mapping(ulong Start, ulong Limit, ulong Offset, string File, string BuildId)
{
    public static Mapping Unknown { get; } = new(0, 0, 0, "", "");

    public bool HasFunctions { get; init; }

    public bool HasFilenames { get; init; }

    public bool HasLineNumbers { get; init; }

    public bool HasInlineFrames { get; init; }
}
