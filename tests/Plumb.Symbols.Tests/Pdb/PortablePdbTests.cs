using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Plumb.Symbols.Pdb;

namespace Plumb.Symbols.Tests.Pdb;

public class PortablePdbTests
{
    private const string Document = "C:\\agent\\1\\s\\src\\Shop.cs";

    [Fact]
    public void The_compilers_own_PDB_gives_back_the_source_of_this_test()
    {
        byte[] file = File.ReadAllBytes(Path.ChangeExtension(typeof(PortablePdbTests).Assembly.Location, ".pdb"));
        using PortablePdb pdb = Read(file);

        string document = Assert.Single(pdb.Documents, path => path.EndsWith("/PortablePdbTests.cs", StringComparison.Ordinal));
        Assert.Contains(nameof(The_compilers_own_PDB_gives_back_the_source_of_this_test), Encoding.UTF8.GetString(pdb.EmbeddedSource(document)!), StringComparison.Ordinal);
        Assert.Equal(ThisFile(), document);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_source_may_be_packed_or_plain(bool packed)
    {
        using PortablePdb pdb = Read(PdbImage.Of(Document, PdbImage.Stored("class Shop;", packed), null));

        Assert.Equal("class Shop;"u8, pdb.EmbeddedSource(Document)!);
        Assert.Null(pdb.EmbeddedSource("/other.cs"));
    }

    [Fact]
    public void A_PDB_inside_of_an_assembly_is_read_as_well()
    {
        using PortablePdb pdb = Read(PdbImage.AssemblyWith(Document, PdbImage.Stored("class Shop;", packed: true)));

        Assert.Equal("class Shop;"u8, pdb.EmbeddedSource(Document)!);
    }

    [Theory]
    [InlineData("""{"documents": {"C:\\agent\\1\\s\\*": "https://example.org/raw/1234/*"}}""", "src/Shop.cs")]
    [InlineData("""{"documents": {"c:\\agent\\*": "https://x/*", "c:\\agent\\1\\s\\src\\*": "https://x/*"}}""", "Shop.cs")]
    [InlineData("""{"documents": {"/_/*": "https://x/*"}}""", null)]
    [InlineData("""{"documents": ["*"]}""", null)]
    [InlineData("""{"documents": {"*": "https://x/*"}}""", null)]
    [InlineData("[", null)]
    [InlineData("", null)]
    public void Source_Link_says_where_in_the_repository_a_source_is(string map, string? path)
    {
        using PortablePdb pdb = Read(PdbImage.Of(Document, null, map));

        Assert.Equal(path, pdb.PathInRepository(Document));
        Assert.Null(pdb.PathInRepository("C:\\agent\\1\\s\\src\\Other.cs"));
    }

    [Theory]
    [InlineData(new byte[] { 1, 2 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 0, 3, 0 })]
    [InlineData(new byte[] { 100, 0, 0, 0, 3, 0 })]
    [InlineData(new byte[] { 100, 0, 0, 0, 255, 255, 255 })]
    public void A_damaged_source_is_refused_and_not_allocated_for(byte[] stored)
    {
        using PortablePdb pdb = Read(PdbImage.Of(Document, stored, null));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<SymbolizationException>(() => pdb.EmbeddedSource(Document));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Every_cut_of_a_PDB_is_refused_or_read_and_nothing_else()
    {
        byte[] whole = PdbImage.Of(Document, PdbImage.Stored(new string('x', 500), packed: true), """{"documents": {}}""");
        byte[] assembly = PdbImage.AssemblyWith(Document, PdbImage.Stored("class Shop;", packed: true));
        foreach (byte[] image in new[] { whole, assembly })
        {
            for (int length = 0; length < image.Length; length++)
            {
                try
                {
                    using PortablePdb pdb = Read(image[..length]);
                    pdb.EmbeddedSource(Document);
                }
                catch (SymbolizationException)
                {
                    // What a cut should be.
                }
            }
        }
    }

    private static PortablePdb Read(byte[] bytes) => PortablePdb.Read(ImmutableCollectionsMarshal.AsImmutableArray(bytes));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
