namespace Plumb.Profiles.LegacyText;

/// <summary>
/// The first line: <c>heap profile: 6: 4194800 [7: 4260336] @ heap/1048576</c>, in use before the brackets and allocated in them, then what
/// wrote it and how it samples.
/// </summary>
/// <param name="Rate">Bytes from one sample to the next on average; 1 when everything is recorded, 0 when not said.</param>
/// <param name="IsSampled">Values are those of the samples, and have to be scaled up.</param>
/// <param name="HasAllocations">The brackets say something else than the values before them.</param>
internal readonly record struct HeapHeader(long Rate, bool IsSampled, bool HasAllocations)
{
    public static bool TryParse(ReadOnlySpan<byte> line, out HeapHeader header)
    {
        header = default;
        int start = line.IndexOf("heap profile:"u8);
        if (start < 0)
            return false;

        var scanner = new TextScanner(line[(start + "heap profile:".Length)..]);
        if (!HeapCounts.TryTake(ref scanner, out HeapCounts totals))
            return false;

        scanner.SkipSpaces();
        bool hasAllocations = (totals.AllocObjects != 0 && totals.AllocObjects != totals.InuseObjects) || (totals.AllocBytes != 0 && totals.AllocBytes != totals.InuseBytes);
        return TryParseKind(scanner, hasAllocations, out header);
    }

    private static bool TryParseKind(TextScanner scanner, bool hasAllocations, out HeapHeader header)
    {
        header = default;
        if (scanner.TryTake("growth"u8) || scanner.TryTake("fragmentation"u8))
            header = new HeapHeader(1, IsSampled: false, HasAllocations: false);
        else if (scanner.TryTake("heapprofile"u8))
            header = new HeapHeader(1, IsSampled: false, hasAllocations);
        else if (scanner.TryTake("heapz_v2"u8) || scanner.TryTake("heap_v2"u8))
            header = new HeapHeader(TakeRate(scanner), IsSampled: true, hasAllocations);
        else if (scanner.TryTake("heap/"u8) || scanner.Rest.SequenceEqual("heap"u8))
            // Early C++ profilers wrote twice their rate, and Go still does.
            header = new HeapHeader(TakeRate(scanner) / 2, IsSampled: true, hasAllocations);
        else
            return false;

        return true;
    }

    private static long TakeRate(TextScanner scanner)
    {
        scanner.TryTake("/"u8);
        return scanner.TryTakeNumber(out long rate) ? rate : 0;
    }
}
