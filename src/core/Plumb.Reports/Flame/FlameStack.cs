namespace Plumb.Reports.Flame;

/// <summary>
/// A stack on its way through a tree. It carries what is asked of it at every step, because the stacks of a node lie side by side: reading
/// them one after the other is what keeps a million of them quick.
/// </summary>
internal struct FlameStack
{
    /// <summary>Sum of its samples.</summary>
    public long Value;

    /// <summary>Sum of its samples without their signs.</summary>
    public long Weight;

    /// <summary>Where its next location is among those of all stacks.</summary>
    public int At;

    /// <summary>Where it ends: the place after its last location, in the direction of reading.</summary>
    public int End;

    /// <summary>How many frames of that location have been read: one of inlined calls has several.</summary>
    public int Frame;

    /// <summary>The entry that was read last; -1 at the end.</summary>
    public int Entry;
}
