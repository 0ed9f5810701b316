using Plumb.Symbols;
using Plumb.Symbols.Pdb;

namespace Plumb.Fuzz.Targets;

/// <summary>Portable PDBs, alone and inside of an assembly.</summary>
internal sealed class PdbTarget : FuzzTarget
{
    public override string Name => "pdb";

    // Deflated sources grow: RFC 1951 allows for 1:1032.
    public override long BytesPerByte => 4000;

    public override bool Read(byte[] input)
    {
        try
        {
            using var pdb = PortablePdb.Read([.. input]);
            foreach (string document in pdb.Documents)
            {
                _ = pdb.PathInRepository(document);
                _ = pdb.EmbeddedSource(document);
            }

            return true;
        }
        catch (SymbolizationException)
        {
            return false;
        }
    }
}
