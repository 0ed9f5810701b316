namespace Plumb.Runtime.NetTrace;

/// <summary>The head of an event. A compressed one leaves out what is as in the event before it in the same block.</summary>
internal struct EventBlob
{
    private const int HasKind = 1;
    private const int HasCapture = 2;
    private const int HasThread = 4;
    private const int HasStack = 8;
    private const int HasActivity = 16;
    private const int HasRelatedActivity = 32;
    private const int HasLength = 128;
    private const int GuidSize = 16;
    private const int Alignment = 4;
    private const int IsSortedBit = unchecked((int)0x8000_0000);

    public int Kind;
    public ulong ThreadId;
    public int Stack;
    public long Timestamp;
    public int PayloadLength;

    public void ReadCompressed(ref BlockReader block)
    {
        byte flags = block.Byte();
        if ((flags & HasKind) != 0)
            Kind = block.Varint32();
        if ((flags & HasCapture) != 0)
        {
            // Sequence number, capturing thread and processor: what is lost is counted by the runtime itself.
            _ = block.Varint();
            _ = block.Varint();
            _ = block.Varint();
        }

        if ((flags & HasThread) != 0)
            ThreadId = block.Varint();
        if ((flags & HasStack) != 0)
            Stack = block.Varint32();
        Timestamp = unchecked(Timestamp + (long)block.Varint());
        if ((flags & HasActivity) != 0)
            _ = block.Take(GuidSize, "an activity");
        if ((flags & HasRelatedActivity) != 0)
            _ = block.Take(GuidSize, "a related activity");
        if ((flags & HasLength) != 0)
            PayloadLength = block.Varint32();
    }

    public void ReadWhole(ref BlockReader block)
    {
        _ = block.Int32();
        Kind = block.Int32() & ~IsSortedBit;
        _ = block.Int32();
        ThreadId = block.UInt64();
        _ = block.UInt64();
        _ = block.Int32();
        Stack = block.Int32();
        Timestamp = block.Int64();
        _ = block.Take(2 * GuidSize, "activities");
        PayloadLength = block.Int32();
    }

    /// <summary>Events that are not compressed begin at multiples of four.</summary>
    public static void Align(ref BlockReader block)
    {
        int over = block.Position % Alignment;
        if (over != 0)
            _ = block.Take(Math.Min(Alignment - over, block.Remaining), "padding");
    }
}
