using System.Runtime.CompilerServices;

namespace Plumb.Agent.Heap;

/// <summary>Writes rows one after the other, and goes on counting when there is no more room.</summary>
internal unsafe struct SnapshotWriter(byte* buffer, nint capacity)
{
    private readonly byte* _buffer = buffer;
    private readonly nint _capacity = capacity;

    public nint Length { get; private set; }

    public void Write<T>(T* rows, int count)
        where T : unmanaged
    {
        nint bytes = (nint)count * sizeof(T);
        if (bytes <= _capacity - Length)
            Unsafe.CopyBlockUnaligned(_buffer + Length, rows, (uint)bytes);
        Length += bytes;
    }
}
