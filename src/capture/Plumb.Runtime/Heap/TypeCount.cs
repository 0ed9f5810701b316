namespace Plumb.Runtime.Heap;

/// <param name="Name">Empty when unknown.</param>
internal readonly record struct TypeCount(string Name, long Objects, long Bytes)
{
    /// <summary>What holds them; null when it was not asked for or could not be told.</summary>
    public HolderKind? HeldBy { get; init; }

    /// <summary>The static field that does, with the type of what it refers to; empty for other holders.</summary>
    public string Field { get; init; } = "";
}
