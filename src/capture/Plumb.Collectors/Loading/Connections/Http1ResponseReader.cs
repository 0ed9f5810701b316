using System.Buffers.Text;

namespace Plumb.Collectors.Loading.Connections;

/// <summary>Finds the end of an HTTP/1.1 answer (RFC 9112) in the bytes of a connection, however they are cut; keeps nothing of the body.</summary>
internal sealed class Http1ResponseReader
{
    /// <summary>Longest head that is read, in bytes; Go's and nginx' clients stop far earlier.</summary>
    public const int MaxHeadBytes = 64 << 10;

    private const int MaxChunkDigits = 15;
    private const int MaxChunkLine = 4 << 10;
    private const int SwitchingProtocols = 101;

    private byte[] _head = new byte[1024];
    private int _headLength;
    private Http1Framing _state;
    private bool _bodiless;
    private long _remaining;
    private int _line;
    private int _digits;

    public bool IsComplete => _state == Http1Framing.Complete;

    public bool IsMalformed => _state == Http1Framing.Malformed;

    /// <summary>Whether anything of the answer has come.</summary>
    public bool HasBegun { get; private set; }

    public int Status { get; private set; }

    /// <summary>Whether another request may follow on the connection.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>Gets ready for the next answer.</summary>
    /// <param name="toHead">Whether the request was a HEAD, whose answer has no body whatever its head says.</param>
    public void Begin(bool toHead)
    {
        _bodiless = toHead;
        HasBegun = false;
        BeginHead();
    }

    /// <summary>Takes the next bytes. Once the answer is complete or malformed, further ones count for nothing.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        HasBegun |= bytes.Length > 0;
        while (bytes.Length > 0 && _state is not (Http1Framing.Complete or Http1Framing.Malformed))
        {
            int taken = _state switch
            {
                Http1Framing.Head => FeedHead(bytes),
                Http1Framing.Sized => Skip(bytes, Http1Framing.Complete),
                Http1Framing.ChunkData => Skip(bytes, Http1Framing.ChunkEnd),
                Http1Framing.ChunkSize => FeedChunkSize(bytes[0]),
                Http1Framing.ChunkEnd => FeedChunkEnd(bytes[0]),
                Http1Framing.Trailer => FeedTrailer(bytes[0]),
                _ => bytes.Length,
            };
            bytes = bytes[taken..];
        }

        // Bytes that nobody asked for: what follows on this connection could not be told apart.
        KeepsAlive &= bytes.Length == 0;
    }

    /// <summary>The connection was closed; true when that is the proper end of the answer.</summary>
    public bool End()
    {
        KeepsAlive = false;
        if (_state == Http1Framing.UntilClosed)
        {
            _state = Http1Framing.Complete;
        }

        return IsComplete;
    }

    private void BeginHead()
    {
        _state = Http1Framing.Head;
        _headLength = 0;
        KeepsAlive = true;
    }

    private int FeedHead(ReadOnlySpan<byte> bytes)
    {
        // Mostly a head comes in one piece, and then it is read where it lies.
        int whole = _headLength == 0 ? bytes.IndexOf("\r\n\r\n"u8) : -1;
        if (whole >= 0)
        {
            ReadHead(bytes[..(whole + 2)]);
            return whole + 4;
        }

        int searchedTo = Math.Max(0, _headLength - 3);
        int space = Math.Min(bytes.Length, MaxHeadBytes - _headLength);
        Append(bytes[..space]);
        int end = _head.AsSpan(searchedTo, _headLength - searchedTo).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            _state = _headLength == MaxHeadBytes ? Http1Framing.Malformed : Http1Framing.Head;
            return space;
        }

        int length = searchedTo + end + 4;
        int taken = space - (_headLength - length);
        ReadHead(_head.AsSpan(0, length - 2));
        return taken;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_headLength + bytes.Length > _head.Length)
        {
            Array.Resize(ref _head, Math.Min(MaxHeadBytes, Math.Max(_headLength + bytes.Length, 2 * _head.Length)));
        }

        bytes.CopyTo(_head.AsSpan(_headLength));
        _headLength += bytes.Length;
    }

    // Every line of the head ends with CR LF here; the empty one is cut off.
    private void ReadHead(ReadOnlySpan<byte> head)
    {
        int end = head.IndexOf("\r\n"u8);
        if (!TryReadStatus(head[..end], out int status, out bool isHttp11))
        {
            _state = Http1Framing.Malformed;
            return;
        }

        Status = status;
        HeadFacts facts = HeadFacts.Read(head[(end + 2)..]);
        KeepsAlive &= facts.Connection switch
        {
            HeadFacts.Close => false,
            HeadFacts.KeepAlive => true,
            _ => isHttp11,
        };
        _state = facts.IsMalformed || status == SwitchingProtocols ? Http1Framing.Malformed : AfterHead(status, facts);
    }

    private Http1Framing AfterHead(int status, HeadFacts facts)
    {
        if (status < 200)
        {
            BeginHead();
            return Http1Framing.Head;
        }

        if (_bodiless || status is 204 or 304)
        {
            return Http1Framing.Complete;
        }

        if (facts.IsChunked)
        {
            BeginChunk();
            return Http1Framing.ChunkSize;
        }

        if (facts.Length is not { } length)
        {
            KeepsAlive = false;
            return Http1Framing.UntilClosed;
        }

        _remaining = length;
        return length == 0 ? Http1Framing.Complete : Http1Framing.Sized;
    }

    private int Skip(ReadOnlySpan<byte> bytes, Http1Framing next)
    {
        int taken = (int)Math.Min(bytes.Length, _remaining);
        _remaining -= taken;
        _state = _remaining == 0 ? next : _state;
        return taken;
    }

    private void BeginChunk() => (_remaining, _line, _digits) = (0, 0, 0);

    // The size in hex, perhaps an extension behind a semicolon, CR LF.
    private int FeedChunkSize(byte next)
    {
        _line++;
        if (next == '\n')
        {
            _state = (_digits, _remaining) switch
            {
                (0, _) => Http1Framing.Malformed,
                (_, 0) => Http1Framing.Trailer,
                _ => Http1Framing.ChunkData,
            };
            _line = 0;
        }
        else if (_digits == _line - 1 && char.IsAsciiHexDigit((char)next))
        {
            _digits++;
            _remaining = (_remaining << 4) + Convert.ToInt32(((char)next).ToString(), 16);
            _state = _digits > MaxChunkDigits ? Http1Framing.Malformed : _state;
        }
        else if (_digits == 0 || _line > MaxChunkLine)
        {
            _state = Http1Framing.Malformed;
        }

        return 1;
    }

    private int FeedChunkEnd(byte next)
    {
        if (next == '\n')
        {
            BeginChunk();
            _state = Http1Framing.ChunkSize;
        }
        else if (next != '\r')
        {
            _state = Http1Framing.Malformed;
        }

        return 1;
    }

    // Trailers are lines as those of the head; an empty one ends the answer.
    private int FeedTrailer(byte next)
    {
        if (next != '\n')
        {
            _line += next == '\r' ? 0 : 1;
            _digits++;
            _state = _digits > MaxHeadBytes ? Http1Framing.Malformed : _state;
            return 1;
        }

        _state = _line == 0 ? Http1Framing.Complete : _state;
        _line = 0;
        return 1;
    }

    private static bool TryReadStatus(ReadOnlySpan<byte> line, out int status, out bool isHttp11)
    {
        status = 0;
        isHttp11 = line.StartsWith("HTTP/1.1 "u8);
        return (isHttp11 || line.StartsWith("HTTP/1.0 "u8))
            && line.Length >= 12
            && (line.Length == 12 || line[12] == ' ')
            && Utf8Parser.TryParse(line.Slice(9, 3), out status, out int used)
            && used == 3
            && status is >= 100 and <= 999;
    }
}
