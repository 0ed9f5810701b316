namespace Plumb.Leaks.Suspects;

/// <summary>The kinds of things that leak, as reports name them.</summary>
public static class ResourceNames
{
    public const string Goroutine = "goroutine";
    public const string Heap = "heap";
    public const string Descriptor = "fd";
    public const string Socket = "socket";
    public const string Thread = "thread";
    public const string ResidentMemory = "rss";
}
