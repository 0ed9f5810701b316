namespace Plumb.Profiles;

/// <summary>What one column of sample values measures, such as <c>inuse_space</c> in <c>bytes</c> (profile.proto ValueType).</summary>
public sealed record SampleType(string Type, string Unit)
{
    public static SampleType Samples { get; } = new("samples", "count");

    public static SampleType Cpu { get; } = new("cpu", "nanoseconds");

    public static SampleType Goroutine { get; } = new("goroutine", "count");

    public override string ToString() => $"{Type}/{Unit}";
}
