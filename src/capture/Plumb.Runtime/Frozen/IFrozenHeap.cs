namespace Plumb.Runtime.Frozen;

/// <summary>A heap in which nothing moves.</summary>
internal interface IFrozenHeap
{
    /// <summary>Every object whose class is one of these or derives from one, dead ones that are not collected included.</summary>
    void Walk(ReadOnlySpan<long> classes, ObjectVisitor visit);

    /// <returns>The bytes that were read; 0 where there is no memory.</returns>
    int Read(long address, Span<byte> bytes);

    /// <returns>Null for what is no class.</returns>
    FrozenClass? Class(long id);

    /// <returns>The path of a module's file; empty when it has none.</returns>
    string Module(long id);

    /// <returns>The module and the token of the method whose code is there; null where there is none.</returns>
    (long Module, int Token)? Function(long address);
}

/// <param name="bytes">The object from its class pointer on, cut after the first thousand or so; valid during the call.</param>
internal delegate void ObjectVisitor(long address, long type, ReadOnlySpan<byte> bytes);
