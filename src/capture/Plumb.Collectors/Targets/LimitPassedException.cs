namespace Plumb.Collectors.Targets;

/// <summary>Thrown through a decompressor by <see cref="LimitedStream"/>; never leaves this assembly.</summary>
internal sealed class LimitPassedException : IOException
{
    public LimitPassedException(long limitBytes, bool decoded)
        : base("The stream is longer than its limit.")
    {
        LimitBytes = limitBytes;
        Decoded = decoded;
    }

    public long LimitBytes { get; }

    public bool Decoded { get; }
}
