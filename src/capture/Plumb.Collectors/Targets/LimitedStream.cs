using Plumb.Profiles.Input;

namespace Plumb.Collectors.Targets;

/// <summary>Passes reads on until more than a number of bytes has come by, then throws <see cref="LimitPassedException"/>.</summary>
internal sealed class LimitedStream : ForwardStream
{
    private readonly Stream _inner;
    private readonly long _limit;
    private readonly bool _decoded;
    private long _read;

    /// <param name="inner">Not disposed with this stream.</param>
    /// <param name="limit">In bytes; that many may still be read.</param>
    /// <param name="decoded">Whether these bytes come out of a decompressor; only for the message.</param>
    public LimitedStream(Stream inner, long limit, bool decoded)
    {
        _inner = inner;
        _limit = limit;
        _decoded = decoded;
    }

    public override int Read(Span<byte> buffer) => Count(_inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Count(int count)
    {
        _read += count;
        return _read > _limit ? throw new LimitPassedException(_limit, _decoded) : count;
    }
}
