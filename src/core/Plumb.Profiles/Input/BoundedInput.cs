namespace Plumb.Profiles.Input;

/// <summary>
/// A profile's bytes after decompression, read forward only, within <see cref="ProfileLimits"/>. Gzip, of one member or several, is recognised by
/// its first two bytes. From the second megabyte on, decompression runs ahead on another thread while the caller decodes.
/// </summary>
public sealed class BoundedInput : ForwardStream
{
    private const long RatioFloorBytes = 64L << 20;

    private readonly ProfileLimits _limits;
    private readonly CountingStream _source;
    private readonly Stream _decompressed;
    private long _produced;
    private ReadOnlyMemory<byte> _peeked;

    private BoundedInput(CountingStream source, Stream decompressed, bool isCompressed, ProfileLimits limits)
    {
        _source = source;
        _decompressed = new ReadAheadStream(decompressed);
        IsCompressed = isCompressed;
        _limits = limits;
    }

    public bool IsCompressed { get; }

    /// <summary>Decompressed bytes handed out so far.</summary>
    public long BytesProduced => _produced;

    /// <summary>How far the source has been read, from 0 to 1, where it tells its length; null elsewhere. An estimate: reading runs ahead.</summary>
    public double? FractionRead => _source.TotalBytes is > 0 and { } total ? (double)_source.BytesRead / total : null;

    public static BoundedInput Open(ReadOnlyMemory<byte> bytes, ProfileLimits limits) => Open(new MemoryInput(bytes), limits);

    /// <param name="source">Read from where it stands, and closed with this stream.</param>
    /// <param name="limits">What is accepted.</param>
    public static BoundedInput Open(Stream source, ProfileLimits limits)
    {
        var counting = new CountingStream(source, limits.MaxInputBytes);
        bool isCompressed = counting.StartsWith([0x1F, 0x8B]);
        Stream decompressed = isCompressed ? new GzipMembers(counting) : counting;
        return new BoundedInput(counting, decompressed, isCompressed, limits);
    }

    /// <summary>The first decompressed bytes, which are still to be read. Only before the first read.</summary>
    /// <param name="maxBytes">Fewer come back when the input is smaller.</param>
    /// <exception cref="ProfileFormatException">The gzip stream is damaged or cut, or a limit is passed.</exception>
    public ReadOnlyMemory<byte> Peek(int maxBytes)
    {
        var head = new byte[maxBytes];
        int count = ReadAtLeast(head, maxBytes, throwOnEndOfStream: false);
        _peeked = head.AsMemory(0, count);
        return _peeked;
    }

    /// <exception cref="ProfileFormatException">The gzip stream is damaged or cut, or a limit is passed.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (!_peeked.IsEmpty)
            return TakePeeked(buffer);

        int read = _decompressed.Read(buffer);
        _produced += read;
        CheckLimits();
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decompressed.Dispose();

        base.Dispose(disposing);
    }

    private int TakePeeked(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _peeked.Length);
        _peeked.Span[..count].CopyTo(buffer);
        _peeked = _peeked[count..];
        return count;
    }

    private void CheckLimits()
    {
        if (_produced > _limits.MaxDecompressedBytes)
            throw new ProfileFormatException($"decompresses to more than the {_limits.MaxDecompressedBytes} bytes that are accepted");

        if (IsCompressed && _produced > RatioFloorBytes && _produced / _limits.MaxCompressionRatio > _source.BytesRead)
            throw new ProfileFormatException($"decompresses to more than {_limits.MaxCompressionRatio} times its size, which no real profile does");
    }
}
