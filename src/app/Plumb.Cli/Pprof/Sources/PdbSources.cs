using System.Runtime.InteropServices;
using Plumb.Profiles;
using Plumb.Symbols;
using Plumb.Symbols.Pdb;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>
/// The PDBs of .NET programs that are at hand: beside the binaries that a profile names, and in the folders that are searched for sources.
/// Opened when a source is first asked for.
/// </summary>
internal sealed class PdbSources : IDisposable
{
    private const int MaxFiles = 64;
    private const long MaxFileBytes = 128 << 20;

    private readonly Lazy<List<PortablePdb>> _pdbs;

    public PdbSources(IEnumerable<Mapping> mappings, IEnumerable<string> folders)
    {
        string[] binaries = [.. mappings.Select(mapping => mapping.File).Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase))];
        string[] searched = [.. folders];
        _pdbs = new Lazy<List<PortablePdb>>(() => Open([.. binaries.SelectMany(Beside), .. searched.SelectMany(PdbsIn)]));
    }

    /// <summary>The source that was embedded for a document; null when there is none.</summary>
    public byte[]? Embedded(string document) => First(pdb => pdb.EmbeddedSource(document));

    /// <summary>The path of a document within its repository; null when no PDB knows it.</summary>
    public string? PathInRepository(string document) => First(pdb => pdb.PathInRepository(document));

    public void Dispose()
    {
        if (!_pdbs.IsValueCreated)
            return;

        foreach (PortablePdb pdb in _pdbs.Value)
            pdb.Dispose();
    }

    private T? First<T>(Func<PortablePdb, T?> find)
        where T : class
    {
        foreach (PortablePdb pdb in _pdbs.Value)
        {
            try
            {
                if (find(pdb) is { } found)
                    return found;
            }
            catch (SymbolizationException)
            {
                // Damaged at this place; another may have it.
            }
        }

        return null;
    }

    private static string[] Beside(string binary) => [Path.ChangeExtension(binary, ".pdb"), binary];

    private static IEnumerable<string> PdbsIn(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.pdb").Order(StringComparer.Ordinal).Take(MaxFiles)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static List<PortablePdb> Open(IEnumerable<string> files)
    {
        var pdbs = new List<PortablePdb>();
        foreach (string file in files.Distinct(StringComparer.Ordinal).Take(MaxFiles))
        {
            if (TryOpen(file) is { } pdb)
                pdbs.Add(pdb);
        }

        return pdbs;
    }

    private static PortablePdb? TryOpen(string file)
    {
        try
        {
            using FileStream? stream = RegularFile.TryOpen(file);
            if (stream is null || stream.Length > MaxFileBytes)
                return null;

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return PortablePdb.Read(ImmutableCollectionsMarshal.AsImmutableArray(bytes));
        }
        catch (Exception e) when (e is SymbolizationException or IOException or UnauthorizedAccessException)
        {
            // Most assemblies have no PDB inside, and Windows PDBs are something else.
            return null;
        }
    }
}
