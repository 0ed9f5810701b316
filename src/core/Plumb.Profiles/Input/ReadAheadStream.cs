using System.Buffers;

namespace Plumb.Profiles.Input;

/// <summary>
/// Reads its source on another thread while the caller works on what was read before. Small inputs are read directly: starting a task
/// costs more than they do.
/// </summary>
internal sealed class ReadAheadStream(Stream source) : ForwardStream
{
    private const long DirectBytes = 1 << 20;

    // Small enough to be still in the cache when the reader comes to it.
    private const int ChunkBytes = 256 << 10;

    private long _direct;
    private Task<Chunk>? _ahead;
    private Chunk _current;
    private int _used;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        if (_ahead is null && _direct < DirectBytes)
        {
            int read = source.Read(buffer);
            _direct += read;
            return read;
        }

        if (_used == _current.Count && (_ended || !Advance()))
            return 0;

        int count = Math.Min(buffer.Length, _current.Count - _used);
        _current.Bytes.AsSpan(_used, count).CopyTo(buffer);
        _used += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The task may still be reading; the source must not be pulled away below it.
            _ahead?.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default).Wait();
            if (_ahead is { IsCompletedSuccessfully: true } ahead)
                Return(ahead.Result);

            Return(_current);
            (_ahead, _current) = (null, default);
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Takes the chunk that was read ahead and starts the next; false at the end.</summary>
    private bool Advance()
    {
        Chunk spare = _current;
        _ahead ??= Fill(Rent());
        (_current, _ahead) = (_ahead.GetAwaiter().GetResult(), null);
        _used = 0;
        if (_current.Count == 0)
        {
            Return(spare);
            _ended = true;
            return false;
        }

        _ahead = Fill(spare.Bytes ?? Rent());
        return true;
    }

    private static byte[] Rent() => ArrayPool<byte>.Shared.Rent(ChunkBytes);

    private static void Return(Chunk chunk)
    {
        if (chunk.Bytes is not null)
            ArrayPool<byte>.Shared.Return(chunk.Bytes);
    }

    private Task<Chunk> Fill(byte[] bytes) =>
        Task.Run(() => new Chunk(bytes, source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));

    private readonly record struct Chunk(byte[] Bytes, int Count);
}
