using System.Runtime.CompilerServices;

namespace Plumb.Benchmarks.Service;

/// <summary>What a request leaves behind for the collector: arrays, texts and small objects, a third each.</summary>
internal static class Garbage
{
    private const int ObjectHeader = 24;
    private const int ArrayBytes = 1024;
    private const int TextChars = 200;

    private sealed record Item(long Number, Item? Next);

    /// <returns>How many objects that were.</returns>
    public static int Make(int bytes)
    {
        int third = bytes / 3;
        return Arrays(third) + Texts(third) + Items(third);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Arrays(int bytes)
    {
        int count = bytes / (ArrayBytes + ObjectHeader);
        for (int i = 0; i < count; i++)
            GC.KeepAlive(new byte[ArrayBytes]);
        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Texts(int bytes)
    {
        int count = bytes / ((TextChars * sizeof(char)) + ObjectHeader);
        for (int i = 0; i < count; i++)
            GC.KeepAlive(new string('x', TextChars));
        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Items(int bytes)
    {
        int count = bytes / 32;
        Item? last = null;
        for (int i = 0; i < count; i++)
            last = new Item(i, i % 8 == 0 ? null : last);
        GC.KeepAlive(last);
        return count;
    }
}
