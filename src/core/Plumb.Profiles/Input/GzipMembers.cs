using System.IO.Compression;

namespace Plumb.Profiles.Input;

/// <summary>
/// Decompresses gzip: one member or several in a row, as <c>cat a.gz b.gz</c> makes them (RFC 1952, section 2.2).
/// </summary>
/// <remarks>
/// GZipStream takes the end of its source for the end of the data, wherever it is: a download that broke off would pass for a whole
/// profile. So the size at the very end is compared with what came out since the last member began. GZipStream does not tell where that
/// was, but no read of it goes beyond a member's end: it began where some read ended.
/// </remarks>
internal sealed class GzipMembers(CountingStream source) : ForwardStream
{
    // A last member that took more reads than this, and is not the only one, is half a gigabyte of compressed data and more.
    private const int KeptReadEnds = 1 << 16;

    private readonly GZipStream _gzip = new(source, CompressionMode.Decompress);
    private readonly Queue<uint> _readEnds = new();
    private long _produced;

    /// <exception cref="ProfileFormatException">The data is damaged or cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = Decompress(buffer);
        if (read > 0)
            Remember(read);
        else if (buffer.Length > 0)
            CheckEnd();

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _gzip.Dispose();

        base.Dispose(disposing);
    }

    private int Decompress(Span<byte> buffer)
    {
        try
        {
            return _gzip.Read(buffer);
        }
        catch (InvalidDataException damaged)
        {
            throw new ProfileFormatException($"damaged gzip data after {_produced} decompressed bytes: {damaged.Message}", damaged);
        }
    }

    private void Remember(int read)
    {
        _produced += read;
        if (_readEnds.Count == KeptReadEnds)
            _readEnds.Dequeue();

        _readEnds.Enqueue(unchecked((uint)_produced));
    }

    private void CheckEnd()
    {
        // A member ends with its checksum and its size, modulo 2^32. Both are 0 when it is empty; the size alone could be part of a header.
        uint size = (uint)(source.Tail >> 32);
        uint start = unchecked((uint)_produced - size);
        bool isWhole = size == 0 ? source.Tail == 0 || (_produced > 0 && start == 0) : start == 0 || _readEnds.Contains(start);
        if (!isWhole)
            throw new ProfileFormatException($"the gzip data is cut or damaged at its end: {_produced} bytes came out, but it ends with the size {size}");
    }
}
