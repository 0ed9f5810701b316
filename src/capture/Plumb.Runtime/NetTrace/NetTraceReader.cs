using System.Text;
using Plumb.Profiles;

namespace Plumb.Runtime.NetTrace;

/// <summary>
/// Reads the stream that the runtime's EventPipe writes: nettrace, version 4 (dotnet/diagnostics, NetTraceFormat). One pass, one
/// block in memory. What comes in is checked as if a stranger had sent it: anything else than a trace gives a
/// <see cref="ProfileFormatException"/>. Not safe for concurrent use.
/// </summary>
internal sealed class NetTraceReader
{
    private const int ObjectBegins = 5;
    private const int ObjectEnds = 6;
    private const int StreamEnds = 1;
    private const int Version = 4;
    private const int MaxObjectName = 64;
    private const int TraceHeaderSize = 48;
    private const int BlockAlignment = 4;
    private const int CompressedFlag = 1;
    private static readonly byte[] s_magic = "Nettrace"u8.ToArray();
    private static readonly byte[] s_serializer = "!FastSerialization.1"u8.ToArray();

    private readonly Stream _stream;
    private readonly ITraceSink _sink;
    private readonly NetTraceLimits _limits;
    private readonly Dictionary<int, EventKind> _kinds = [];
    private StackBook? _stacks;
    private byte[] _buffer = [];
    private long _offset;

    private NetTraceReader(Stream stream, ITraceSink sink, NetTraceLimits limits)
    {
        _stream = stream;
        _sink = sink;
        _limits = limits;
    }

    /// <summary>Reads to the end of the trace.</summary>
    /// <exception cref="ProfileFormatException">No trace, a damaged one, one that stops in the middle, or over a limit.</exception>
    public static void Read(Stream stream, ITraceSink sink, NetTraceLimits? limits = null) =>
        new NetTraceReader(stream, sink, limits ?? NetTraceLimits.Default).Read();

    private void Read()
    {
        Expect(s_magic, "Nettrace");
        BlockReader length = Next(sizeof(int));
        if (length.Int32() != s_serializer.Length)
            throw length.Fault("the name of the serialization expected");
        Expect(s_serializer, "!FastSerialization.1");
        while (ReadObject())
        {
        }
    }

    /// <returns>False at the end of the trace.</returns>
    private bool ReadObject()
    {
        BlockReader tag = Next(1);
        byte first = tag.Byte();
        if (first == StreamEnds)
            return false;
        if (first != ObjectBegins)
            throw tag.Fault($"an object or the end of the trace expected, tag {first} found");

        ReadBody(ObjectName());
        Expect([ObjectEnds], "the end of an object");
        return true;
    }

    private string ObjectName()
    {
        Expect([ObjectBegins, StreamEnds], "the type of an object");
        BlockReader head = Next(3 * sizeof(int));
        _ = head.Int32();
        int oldestReader = head.Int32();
        int length = head.Int32();
        if (oldestReader > Version)
            throw head.Fault($"version {Version} of the format expected, {oldestReader} found");
        if (length is < 1 or > MaxObjectName)
            throw head.Fault($"the name of an object of at most {MaxObjectName} bytes expected, one of {length} found");

        string name = Encoding.ASCII.GetString(Next(length).Take(length, "a name"));
        Expect([ObjectEnds], "the end of a type");
        return name;
    }

    private void ReadBody(string name)
    {
        if (name == "Trace")
        {
            ReadHeader();
            return;
        }

        BlockReader block = Block();
        if (_stacks is null)
            throw block.Fault($"the head of the trace expected, {TerminalText.Escape(name)} found");
        switch (name)
        {
            case "EventBlock":
                ReadEvents(ref block, isMetadata: false);
                break;
            case "MetadataBlock":
                ReadEvents(ref block, isMetadata: true);
                break;
            case "StackBlock":
                _stacks.Read(ref block);
                break;
            case "SPBlock":
                _stacks.Clear();
                break;
            default:
                // Later writers may add blocks; their length is known, and a version they cannot be read in is refused above.
                break;
        }
    }

    private void ReadHeader()
    {
        const int Dates = 16;
        const int Clocks = 16;
        BlockReader header = Next(TraceHeaderSize);
        _ = header.Take(Dates + Clocks, "dates and clocks");
        int pointerSize = header.Int32();
        if (pointerSize is not (4 or 8))
            throw header.Fault($"a pointer size of 4 or 8 expected, {pointerSize} found");
        if (_stacks is not null)
            throw header.Fault("one head of the trace expected, a second one found");
        _stacks = new StackBook(pointerSize, _limits);
    }

    private BlockReader Block()
    {
        BlockReader head = Next(sizeof(int));
        int size = head.Int32();
        if (size < 0 || size > _limits.MaxBlockBytes)
            throw head.Fault($"a block of at most {_limits.MaxBlockBytes} bytes expected, one of {size} found");
        int over = (int)(_offset % BlockAlignment);
        if (over != 0)
            _ = Next(BlockAlignment - over);
        return Next(size);
    }

    private void ReadEvents(ref BlockReader block, bool isMetadata)
    {
        const int HeadLength = 4;
        ushort headerSize = block.UInt16();
        bool isCompressed = (block.UInt16() & CompressedFlag) != 0;
        _ = block.Take(headerSize - HeadLength, "the head of a block");

        var blob = default(EventBlob);
        while (block.Remaining > 0)
        {
            if (isCompressed)
                blob.ReadCompressed(ref block);
            else
                blob.ReadWhole(ref block);
            long offset = block.Offset;
            var payload = new BlockReader(block.Take(blob.PayloadLength, "an event"), offset);
            if (isMetadata)
                Define(ref payload);
            else
                Deliver(blob, ref payload);
            if (!isCompressed)
                EventBlob.Align(ref block);
        }
    }

    private void Define(ref BlockReader payload)
    {
        int number = payload.Int32();
        string provider = payload.Text();
        int id = payload.Int32();
        _ = payload.Text();
        _ = payload.Int64();
        int version = payload.Int32();
        if (_kinds.Count >= _limits.MaxEventKinds)
            throw payload.Fault($"at most {_limits.MaxEventKinds} kinds of events expected, more found");
        _kinds[number] = new EventKind(string.IsInterned(provider) ?? provider, id, version);
    }

    private void Deliver(in EventBlob blob, ref BlockReader payload)
    {
        if (!_kinds.TryGetValue(blob.Kind, out EventKind? kind))
            throw payload.Fault($"an event of a known kind expected, one of kind {blob.Kind} found");
        _sink.Add(new TraceEvent
        {
            Kind = kind,
            ThreadId = blob.ThreadId,
            Timestamp = blob.Timestamp,
            Stack = _stacks!.Find(blob.Stack),
            Payload = payload.Take(payload.Remaining, "an event"),
        });
    }

    private void Expect(ReadOnlySpan<byte> bytes, string what)
    {
        BlockReader found = Next(bytes.Length);
        if (!found.Take(bytes.Length, what).SequenceEqual(bytes))
            throw new ProfileFormatException($"nettrace: {what} expected, something else found", found.Offset - bytes.Length);
    }

    private BlockReader Next(int count)
    {
        // Grown only as the bytes really come: a length says nothing before.
        const int Step = 64 * 1024;
        int filled = 0;
        while (filled < count)
        {
            int room = Math.Min(count, Math.Max(filled * 2, Step));
            if (_buffer.Length < room)
                Array.Resize(ref _buffer, room);
            int read = _stream.Read(_buffer, filled, room - filled);
            if (read == 0)
                throw new ProfileFormatException($"nettrace: {count} bytes expected, the trace ends after {filled}", _offset + filled);
            filled += read;
        }

        long start = _offset;
        _offset += count;
        return new BlockReader(_buffer.AsSpan(0, count), start);
    }
}
