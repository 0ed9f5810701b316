namespace Plumb.Profiles.LegacyText;

/// <summary>The four numbers of a line: <c>1: 416 [2: 832] @</c>.</summary>
internal readonly record struct HeapCounts(long InuseObjects, long InuseBytes, long AllocObjects, long AllocBytes)
{
    public static bool TryTake(ref TextScanner scanner, out HeapCounts counts)
    {
        counts = default;
        if (!TryTakePair(ref scanner, out long inuseObjects, out long inuseBytes) || !TryTakeSign(ref scanner, "["u8))
            return false;

        if (!TryTakePair(ref scanner, out long allocObjects, out long allocBytes) || !TryTakeSign(ref scanner, "]"u8) || !TryTakeSign(ref scanner, "@"u8))
            return false;

        counts = new HeapCounts(inuseObjects, inuseBytes, allocObjects, allocBytes);
        return true;
    }

    private static bool TryTakePair(ref TextScanner scanner, out long objects, out long bytes)
    {
        bytes = 0;
        scanner.SkipSpaces();
        if (!scanner.TryTakeNumber(out objects) || !TryTakeSign(ref scanner, ":"u8))
            return false;

        scanner.SkipSpaces();
        return scanner.TryTakeNumber(out bytes);
    }

    private static bool TryTakeSign(ref TextScanner scanner, ReadOnlySpan<byte> sign)
    {
        scanner.SkipSpaces();
        return scanner.TryTake(sign);
    }
}
