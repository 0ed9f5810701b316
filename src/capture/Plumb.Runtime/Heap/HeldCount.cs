namespace Plumb.Runtime.Heap;

/// <summary>How many objects of a type one holder holds.</summary>
internal readonly record struct HeldCount(ulong Type, Holder Holder, long Objects, long Bytes);
