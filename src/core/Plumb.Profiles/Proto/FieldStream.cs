using System.Buffers;

namespace Plumb.Profiles.Proto;

/// <summary>
/// Walks the top-level fields of a message that is never whole in memory: only the field at hand is. A length claimed by the input
/// makes the buffer grow only as far as bytes really arrive.
/// </summary>
internal sealed class FieldStream(Stream source, int maxFieldBytes) : IDisposable
{
    private const int InitialBytes = 64 << 10;
    private const int MaxVarintBytes = 10;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
    private int _start;
    private int _end;
    private int _contentLength;
    private long _consumed;
    private bool _sourceEnded;

    /// <summary>Bytes of the input before the current field's content.</summary>
    public long ContentOffset => _consumed - _contentLength;

    public int Field { get; private set; }

    public WireType Type { get; private set; }

    /// <summary>The value of a field of wire type <see cref="WireType.Varint"/>.</summary>
    public ulong Number { get; private set; }

    /// <summary>The content of a field of wire type <see cref="WireType.Bytes"/>, valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Content => _buffer.AsSpan(_start - _contentLength, _contentLength);

    /// <summary>Moves to the next field; false at the end of the input.</summary>
    public bool Next()
    {
        Require(2 * MaxVarintBytes);
        if (_start == _end)
            return false;

        var head = new ProtoReader(_buffer.AsSpan(_start.._end), _consumed);
        int available = head.Remaining;
        (Field, Type) = head.ReadTag();
        _contentLength = 0;
        Number = 0;
        switch (Type)
        {
            case WireType.Varint:
                Number = head.ReadVarint();
                Advance(available - head.Remaining);
                break;
            case WireType.Bytes:
                ulong length = head.ReadVarint();
                Advance(available - head.Remaining);
                TakeContent(length);
                break;
            default:
                head.Skip(Type);
                Advance(available - head.Remaining);
                break;
        }

        return true;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void TakeContent(ulong length)
    {
        if (length > (ulong)maxFieldBytes)
            throw new ProfileFormatException($"field {Field} claims {length} bytes, more than the {maxFieldBytes} a field may have", _consumed);

        if (!Require((int)length))
            throw new ProfileFormatException($"field {Field} has {length} bytes, but the input ends after {_end - _start} of them", _consumed);

        Advance((int)length);
        _contentLength = (int)length;
    }

    private void Advance(int bytes)
    {
        _start += bytes;
        _consumed += bytes;
    }

    /// <summary>Makes the next <paramref name="bytes"/> bytes contiguous; false when the input has fewer.</summary>
    private bool Require(int bytes)
    {
        while (_end - _start < bytes && !_sourceEnded)
        {
            if (_end == _buffer.Length)
                MakeRoom();

            int read = source.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _sourceEnded = read == 0;
        }

        return _end - _start >= bytes;
    }

    private void MakeRoom()
    {
        int pending = _end - _start;
        if (pending <= _buffer.Length / 2)
        {
            _buffer.AsSpan(_start, pending).CopyTo(_buffer);
        }
        else
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(Array.MaxLength, _buffer.Length * 2));
            _buffer.AsSpan(_start, pending).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _start = 0;
        _end = pending;
    }
}
