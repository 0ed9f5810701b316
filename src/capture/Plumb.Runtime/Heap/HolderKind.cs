namespace Plumb.Runtime.Heap;

/// <summary>What keeps objects from being collected, what lives longest first.</summary>
internal enum HolderKind
{
    StaticField,
    Handle,

    /// <summary>A handle whose object must not move, such as a buffer that the system reads into.</summary>
    PinnedHandle,
    Thread,
    Other,

    /// <summary>Nothing but that its finalizer has not run.</summary>
    FinalizerQueue,

    /// <summary>Not known, or nothing any more.</summary>
    None,
}
