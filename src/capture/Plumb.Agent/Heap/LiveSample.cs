namespace Plumb.Agent.Heap;

/// <summary>A sampled object that lived when it was last looked at.</summary>
internal struct LiveSample
{
    /// <summary>A weak handle; 0 when the runtime gave none, and the object then counts as dead.</summary>
    public nint Handle;
    public int Site;

    /// <summary>How many such objects it stands for, itself included.</summary>
    public double Objects;
    public double Bytes;
}
