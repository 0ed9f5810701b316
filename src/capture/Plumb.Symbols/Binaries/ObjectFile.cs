using Plumb.Profiles;
using Plumb.Symbols.Elf;

namespace Plumb.Symbols.Binaries;

/// <summary>A binary on this machine whose head has been read. Holds no file open.</summary>
public sealed class ObjectFile
{
    private const ulong PageSize = 4096;

    // A name that a profile brought must not start a device, or wait at a pipe for ever. None of them has a length.
    private const int SmallestLength = 52;

    private static readonly string[] UnrealFolders = ["/dev/", "/proc/", "/sys/"];

    private readonly Lazy<SymbolTable> _symbols;

    private ObjectFile(string path, ElfFile elf)
    {
        Path = path;
        Elf = elf;
        _symbols = new Lazy<SymbolTable>(ReadSymbols);
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    public ElfFile Elf { get; }

    public string BuildId => Elf.BuildId;

    /// <summary>The symbol table, read when it is first asked for; of a binary that was stripped, from the file with its symbols when that is there.</summary>
    /// <exception cref="SymbolizationException">It cannot be read.</exception>
    public SymbolTable Symbols => _symbols.Value;

    /// <exception cref="SymbolizationException">There is no such file, it is no regular one, or not an ELF file.</exception>
    public static ObjectFile Open(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new SymbolizationException("the binary has no usable file name");

        string full = System.IO.Path.GetFullPath(path);
        try
        {
            using FileStream file = OpenRegular(full);
            return new ObjectFile(full, ElfFile.Read(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ElfFormatException)
        {
            throw new SymbolizationException($"{full}: {e.Message}", e);
        }
    }

    /// <summary>Null where <see cref="Open"/> refuses.</summary>
    internal static ObjectFile? TryOpen(string path)
    {
        try
        {
            return Open(path);
        }
        catch (SymbolizationException)
        {
            return null;
        }
    }

    /// <summary>How a mapping of this file lies in memory.</summary>
    /// <exception cref="SymbolizationException">The file cannot have been mapped so.</exception>
    public ElfMapping Map(Mapping mapping)
    {
        try
        {
            return new ElfMapping(Elf, mapping.Start, mapping.Limit, mapping.Offset, KernelSymbol(mapping));
        }
        catch (ElfFormatException e)
        {
            throw new SymbolizationException($"{Path}: {e.Message}", e);
        }
    }

    /// <exception cref="IOException">It is no longer there.</exception>
    internal Stream OpenRead() => OpenRegular(Path);

    // To read all symbols takes long, and only a kernel has this one.
    private ulong? KernelSymbol(Mapping mapping)
    {
        bool isAligned = (mapping.Start | mapping.Limit | mapping.Offset) % PageSize == 0;
        if (isAligned && !Path.Contains("vmlinux", StringComparison.Ordinal))
            return null;

        const string Kernel = "[kernel.kallsyms]";
        string name = mapping.File.StartsWith(Kernel, StringComparison.Ordinal) && mapping.File.Length > Kernel.Length ? mapping.File[Kernel.Length..] : "_stext";
        return Symbols.Find(name)?.Address;
    }

    private SymbolTable ReadSymbols()
    {
        if (!Elf.HasSymbols && DebugFiles.Find(this) is { } separate)
            return separate.Symbols;

        try
        {
            using FileStream file = OpenRegular(Path);
            return SymbolTable.Read(file, Elf);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ElfFormatException)
        {
            throw new SymbolizationException($"{Path}: {e.Message}", e);
        }
    }

    private static bool IsUnreal(string path) => Array.Exists(UnrealFolders, folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static FileStream OpenRegular(string path)
    {
        var file = new FileInfo(path);
        if (IsUnreal(path))
            throw new ElfFormatException("not a binary");

        if (file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            file = target;

        if (!file.Exists)
            throw new FileNotFoundException("no such file");

        if (IsUnreal(file.FullName) || file.Length < SmallestLength)
            throw new ElfFormatException("not a binary");

        return new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
    }
}
