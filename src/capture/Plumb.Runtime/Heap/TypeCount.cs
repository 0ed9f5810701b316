namespace Plumb.Runtime.Heap;

/// <param name="Name">Empty when unknown.</param>
internal readonly record struct TypeCount(string Name, long Objects, long Bytes);
