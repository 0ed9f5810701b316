namespace Plumb.Collectors.Loading.Connections;

/// <summary>How far an answer has been read.</summary>
internal enum Http1Framing
{
    Head,
    Sized,
    ChunkSize,
    ChunkData,
    ChunkEnd,
    Trailer,
    UntilClosed,
    Complete,
    Malformed,
}
