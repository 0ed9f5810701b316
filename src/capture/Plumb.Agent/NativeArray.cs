using Plumb.Agent.Interop;

namespace Plumb.Agent;

/// <summary>
/// A fixed number of rows outside the collector's reach. The system backs it with memory as it is first touched, so that a large
/// capacity costs address space and nothing else. Taken from the system itself: an allocator that got large blocks back begins to
/// keep them, and clears them by writing.
/// </summary>
internal unsafe struct NativeArray<T>
    where T : unmanaged
{
    private T* _rows;

    /// <summary>Has no room at all when the system gives no memory.</summary>
    public NativeArray(int capacity)
    {
        nint memory = LibC.Map(0, Bytes(capacity), LibC.ReadWrite, LibC.PrivateAnonymous | LibC.NoReserve, -1, 0);
        if (memory == -1)
            return;
        _rows = (T*)memory;
        Capacity = capacity;
    }

    public int Capacity { get; private set; }

    public readonly T* Rows => _rows;

    public readonly ref T this[int index] => ref _rows[index];

    public readonly Span<T> Part(int start, int length) => new(_rows + start, length);

    public void Free()
    {
        if (_rows != null)
            _ = LibC.Unmap((nint)_rows, Bytes(Capacity));
        _rows = null;
        Capacity = 0;
    }

    private static nuint Bytes(int capacity) => (nuint)capacity * (nuint)sizeof(T);
}
