using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Plumb.Symbols.Pdb;

/// <summary>
/// A portable PDB, a file of its own or part of an assembly: the sources that were embedded in it and where the others were. Not safe for
/// use by several threads at once.
/// </summary>
public sealed class PortablePdb : IDisposable
{
    private const int MaxPdbBytes = 128 << 20;
    private const int MaxSourceBytes = 16 << 20;
    // No deflated data grows by more (RFC 1951: 258 bytes from two bits at the best).
    private const long MaxRatio = 1_100;
    private const int MaxMapBytes = 1 << 20;
    private const int MaxDocuments = 100_000;

    // The kinds of custom debug information that the format names (Portable PDB v1.0).
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _reader;
    private readonly Dictionary<string, DocumentHandle> _documents = new(StringComparer.Ordinal);
    private readonly SourceLinkMap _sourceLink;

    private PortablePdb(MetadataReaderProvider provider)
    {
        _provider = provider;
        _reader = provider.GetMetadataReader();
        if (_reader.Documents.Count > MaxDocuments)
            throw new SymbolizationException($"the PDB has more than the {MaxDocuments} documents that are accepted");

        foreach (DocumentHandle handle in _reader.Documents)
            _documents.TryAdd(_reader.GetString(_reader.GetDocument(handle).Name), handle);

        _sourceLink = SourceLinkMap.Parse(CustomInformation(EntityHandle.ModuleDefinition, s_sourceLink, MaxMapBytes) is { IsDefault: false } map ? map.AsMemory() : default);
    }

    /// <summary>The paths of the sources as the compiler saw them.</summary>
    public IReadOnlyCollection<string> Documents => _documents.Keys;

    /// <param name="bytes">A PDB, or an assembly with one inside.</param>
    /// <exception cref="SymbolizationException">It is neither, or damaged.</exception>
    public static PortablePdb Read(ImmutableArray<byte> bytes)
    {
        MetadataReaderProvider? provider = null;
        try
        {
            provider = bytes.AsSpan().StartsWith("MZ"u8) ? OfAssembly(bytes) : MetadataReaderProvider.FromPortablePdbImage(bytes);
            return new PortablePdb(provider);
        }
        catch (Exception e) when (IsDamage(e))
        {
            provider?.Dispose();
            throw new SymbolizationException($"no portable PDB: {e.Message}");
        }
    }

    /// <summary>The source that was embedded for a document, as UTF-8 or with a byte order mark; null when there is none.</summary>
    /// <exception cref="SymbolizationException">The PDB is damaged.</exception>
    public byte[]? EmbeddedSource(string document)
    {
        if (!_documents.TryGetValue(document, out DocumentHandle handle))
            return null;

        try
        {
            return CustomInformation(handle, s_embeddedSource, MaxSourceBytes) is { IsDefault: false } stored ? Unpack(stored) : null;
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new SymbolizationException($"damaged source in a PDB: {e.Message}");
        }
    }

    /// <summary>The path of a document within its repository, from the Source Link map; null when that does not know it.</summary>
    public string? PathInRepository(string document) => _documents.ContainsKey(document) ? _sourceLink.PathInRepository(document) : null;

    public void Dispose() => _provider.Dispose();

    private static MetadataReaderProvider OfAssembly(ImmutableArray<byte> bytes)
    {
        using var assembly = new PEReader(bytes);
        foreach (DebugDirectoryEntry entry in assembly.ReadDebugDirectory())
        {
            if (entry.Type != DebugDirectoryEntryType.EmbeddedPortablePdb)
                continue;

            // The size that it claims is allocated at once.
            if (entry.DataSize < 8 || entry.DataPointer < 0 || entry.DataPointer > bytes.Length - 8
                || BitConverter.ToUInt32(bytes.AsSpan(entry.DataPointer + 4, 4)) > MaxPdbBytes)
                throw new BadImageFormatException("the PDB inside is damaged or too large");

            return assembly.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        }

        throw new BadImageFormatException("the assembly has none inside");
    }

    private ImmutableArray<byte> CustomInformation(EntityHandle parent, Guid kind, int maxBytes)
    {
        foreach (CustomDebugInformationHandle handle in _reader.GetCustomDebugInformation(parent))
        {
            CustomDebugInformation row = _reader.GetCustomDebugInformation(handle);
            if (_reader.GetGuid(row.Kind) == kind && _reader.GetBlobReader(row.Value).Length <= maxBytes)
                return _reader.GetBlobContent(row.Value);
        }

        return default;
    }

    // First the size once unpacked, 0 when it is not packed.
    private static byte[] Unpack(ImmutableArray<byte> stored)
    {
        if (stored.Length < sizeof(int))
            throw new InvalidDataException("it ends before its size");

        int size = BitConverter.ToInt32(stored.AsSpan()[..sizeof(int)]);
        if (size == 0)
            return stored.AsSpan()[sizeof(int)..].ToArray();

        if (size is < 0 or > MaxSourceBytes || size > MaxRatio * stored.Length)
            throw new InvalidDataException($"it claims {size} bytes");

        var source = new byte[size];
        using var packed = new DeflateStream(new MemoryStream(stored.AsSpan()[sizeof(int)..].ToArray()), CompressionMode.Decompress);
        packed.ReadExactly(source);
        return source;
    }

    // What the metadata reader throws when tables, heaps or offsets contradict each other.
    private static bool IsDamage(Exception e) =>
        e is BadImageFormatException or InvalidDataException or EndOfStreamException or OverflowException or ArgumentException or InvalidOperationException or NotSupportedException;
}
