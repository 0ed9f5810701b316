using System.Runtime.InteropServices;

namespace Plumb.Agent;

/// <summary>
/// A fixed number of rows outside the collector's reach. The system backs it with memory as it is first touched, so that a large
/// capacity costs address space and nothing else.
/// </summary>
internal unsafe struct NativeArray<T>(int capacity)
    where T : unmanaged
{
    private T* _rows = (T*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(T));

    public int Capacity { get; } = capacity;

    public readonly T* Rows => _rows;

    public readonly ref T this[int index] => ref _rows[index];

    public readonly Span<T> Part(int start, int length) => new(_rows + start, length);

    public void Free()
    {
        NativeMemory.Free(_rows);
        _rows = null;
    }
}
