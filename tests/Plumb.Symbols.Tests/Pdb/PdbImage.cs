using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Plumb.Symbols.Tests.Pdb;

/// <summary>Writes PDBs and assemblies with PDBs inside, as compilers do.</summary>
internal static class PdbImage
{
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static byte[] Of(string document, byte[]? embedded, string? sourceLink) => Build(document, embedded, sourceLink).ToArray();

    public static byte[] AssemblyWith(string document, byte[] embedded)
    {
        BlobBuilder pdb = Build(document, embedded, null);
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Shop.dll"), metadata.GetOrAddGuid(Guid.Empty), default, default);
        var directory = new DebugDirectoryBuilder();
        directory.AddEmbeddedPortablePdbEntry(pdb, 0x100);
        var assembly = new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder(), debugDirectoryBuilder: directory);
        var bytes = new BlobBuilder();
        assembly.Serialize(bytes);
        return bytes.ToArray();
    }

    /// <summary>A source as it is stored: its size, and packed when that is not 0.</summary>
    public static byte[] Stored(string source, bool packed)
    {
        byte[] text = Encoding.UTF8.GetBytes(source);
        if (!packed)
            return [0, 0, 0, 0, .. text];

        using var target = new MemoryStream();
        target.Write(BitConverter.GetBytes(text.Length));
        using (var deflate = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(text);

        return target.ToArray();
    }

    private static BlobBuilder Build(string document, byte[]? embedded, string? sourceLink)
    {
        var metadata = new MetadataBuilder();
        DocumentHandle handle = metadata.AddDocument(metadata.GetOrAddDocumentName(document), default, default, default);
        if (embedded is not null)
            metadata.AddCustomDebugInformation(handle, metadata.GetOrAddGuid(s_embeddedSource), metadata.GetOrAddBlob(embedded));

        if (sourceLink is not null)
            metadata.AddCustomDebugInformation(EntityHandle.ModuleDefinition, metadata.GetOrAddGuid(s_sourceLink), metadata.GetOrAddBlob(Encoding.UTF8.GetBytes(sourceLink)));

        var pdb = new BlobBuilder();
        new PortablePdbBuilder(metadata, ImmutableArray.Create(new int[MetadataTokens.TableCount]), default).Serialize(pdb);
        return pdb;
    }
}
