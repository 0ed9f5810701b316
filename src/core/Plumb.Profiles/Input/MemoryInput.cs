namespace Plumb.Profiles.Input;

/// <summary>Reads memory that need not be backed by an array.</summary>
internal sealed class MemoryInput(ReadOnlyMemory<byte> bytes) : ForwardStream
{
    private int _position;

    // It cannot go back, but it tells its length.
    public override bool CanSeek => true;

    public override long Length => bytes.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, bytes.Length - _position);
        bytes.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
