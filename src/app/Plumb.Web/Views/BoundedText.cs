using System.Text;

namespace Plumb.Web.Views;

/// <summary>Keeps the beginning of what is written, and stops the writer when there is no more room.</summary>
internal sealed class BoundedText(int maxBytes) : Stream
{
    private readonly MemoryStream _kept = new();
    private bool _isFull;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _kept.Length;

    public override long Position
    {
        get => _kept.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // A writer that is closed after it was stopped writes what it still holds.
        if (_isFull)
            return;

        int room = maxBytes - (int)_kept.Length;
        if (buffer.Length <= room)
        {
            _kept.Write(buffer);
            return;
        }

        _isFull = true;
        int lines = buffer[..room].LastIndexOf((byte)'\n') + 1;
        _kept.Write(buffer[..lines]);
        throw new FullException();
    }

    /// <summary>Says that something is missing.</summary>
    public void End(string note) => _kept.Write(Encoding.UTF8.GetBytes(note));

    public byte[] ToArray() => _kept.ToArray();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _kept.Dispose();
        base.Dispose(disposing);
    }

    internal sealed class FullException : IOException;
}
