namespace Plumb.Profiles.Input;

/// <summary>Counts what is read, refuses to pass a limit, can look at the first bytes, and remembers the last ones.</summary>
internal sealed class CountingStream(Stream source, long maxBytes) : ForwardStream
{
    private byte[] _peeked = [];
    private int _peekedUsed;

    private ulong _tail;

    // Written by the thread that decompresses ahead, read by the one that judges the ratio.
    private long _bytesRead;

    /// <summary>How many bytes there are, where the source can tell.</summary>
    public long? TotalBytes { get; } = source.CanSeek ? source.Length - source.Position : null;

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>The last eight bytes read, the first of them lowest.</summary>
    public ulong Tail => _tail;

    /// <summary>Whether the stream begins with a prefix. Only before the first read.</summary>
    public bool StartsWith(ReadOnlySpan<byte> prefix)
    {
        _peeked = new byte[prefix.Length];
        int count = source.ReadAtLeast(_peeked, prefix.Length, throwOnEndOfStream: false);
        _peeked = _peeked[..count];
        return _peeked.AsSpan().SequenceEqual(prefix);
    }

    public override int Read(Span<byte> buffer)
    {
        int read = _peekedUsed < _peeked.Length ? TakePeeked(buffer) : source.Read(buffer);
        if (Interlocked.Add(ref _bytesRead, read) > maxBytes)
            throw new ProfileFormatException($"the input is larger than the {maxBytes} bytes that are accepted");

        foreach (byte b in buffer[Math.Max(0, read - sizeof(ulong))..read])
            _tail = (_tail >> 8) | ((ulong)b << 56);

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();

        base.Dispose(disposing);
    }

    private int TakePeeked(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _peeked.Length - _peekedUsed);
        _peeked.AsSpan(_peekedUsed, count).CopyTo(buffer);
        _peekedUsed += count;
        return count;
    }
}
