namespace Plumb.Profiles.Input;

/// <summary>
/// Reads its source on another thread while the caller works on what was read before. Small inputs are read directly: starting a task
/// costs more than they do.
/// </summary>
internal sealed class ReadAheadStream(Stream source) : ForwardStream
{
    private const long DirectBytes = 1 << 20;
    private const int ChunkBytes = 1 << 20;

    private long _direct;
    private Task<Chunk>? _ahead;
    private Chunk _current;
    private int _used;

    public override int Read(Span<byte> buffer)
    {
        if (_ahead is null && _direct < DirectBytes)
        {
            int read = source.Read(buffer);
            _direct += read;
            return read;
        }

        if (_used == _current.Count && !Advance())
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
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Takes the chunk that was read ahead and starts the next; false at the end.</summary>
    private bool Advance()
    {
        byte[] spare = _current.Bytes ?? new byte[ChunkBytes];
        _ahead ??= Fill(new byte[ChunkBytes]);
        _current = _ahead.GetAwaiter().GetResult();
        _used = 0;
        if (_current.Count > 0)
            _ahead = Fill(spare);

        return _current.Count > 0;
    }

    private Task<Chunk> Fill(byte[] bytes) =>
        Task.Run(() => new Chunk(bytes, source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));

    private readonly record struct Chunk(byte[] Bytes, int Count);
}
