namespace Plumb.Agent.Stacks;

/// <summary>A managed frame as the runtime's stack walk gives it.</summary>
internal struct RawFrame
{
    public nint Function;
    public nint Address;
}
