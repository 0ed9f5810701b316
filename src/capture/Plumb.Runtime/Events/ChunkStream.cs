namespace Plumb.Runtime.Events;

/// <summary>
/// Between the thread that empties the runtime's pipe and the one that reads the trace. The first must never wait: the runtime
/// holds its locks while it writes to a full pipe. So what the second is too slow for is dropped, and the reading fails.
/// </summary>
internal sealed class ChunkStream(long maxWaitingBytes) : Stream
{
    private readonly Queue<ArraySegment<byte>> _chunks = [];
    private readonly object _gate = new();
    private ArraySegment<byte> _rest = ArraySegment<byte>.Empty;
    private long _waiting;
    private bool _isComplete;
    private bool _hasOverflowed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes over the array.</summary>
    public void Append(ArraySegment<byte> chunk)
    {
        lock (_gate)
        {
            _hasOverflowed |= _waiting + chunk.Count > maxWaitingBytes;
            if (!_hasOverflowed)
            {
                _chunks.Enqueue(chunk);
                _waiting += chunk.Count;
            }

            Monitor.Pulse(_gate);
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <exception cref="ProfileUnavailableException">More came than could be kept.</exception>
    public override int Read(Span<byte> buffer)
    {
        lock (_gate)
        {
            while (_rest.Count == 0 && _chunks.Count == 0 && !_isComplete && !_hasOverflowed)
                Monitor.Wait(_gate);
            if (_hasOverflowed)
                throw new ProfileUnavailableException($"events come faster than they can be read: {maxWaitingBytes} bytes were waiting");
            if (_rest.Count == 0 && !_chunks.TryDequeue(out _rest))
                return 0;

            int count = Math.Min(buffer.Length, _rest.Count);
            _rest.AsSpan(0, count).CopyTo(buffer);
            _rest = _rest[count..];
            _waiting -= count;
            return count;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
