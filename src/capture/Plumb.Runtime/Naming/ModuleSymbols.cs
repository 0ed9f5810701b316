using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Plumb.Runtime.Naming;

/// <summary>Names and lines of one module's methods, from its metadata and portable PDB (beside it, or embedded).</summary>
internal sealed class ModuleSymbols : IDisposable
{
    private const int HiddenLine = 0xFEEFEE;

    private readonly PEReader _image;
    private readonly MetadataReader _metadata;
    private readonly MetadataReaderProvider? _symbolsOwner;
    private readonly MetadataReader? _symbols;
    private readonly Dictionary<int, MethodName?> _methods = [];

    private ModuleSymbols(PEReader image, MetadataReaderProvider? symbols)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
        _symbolsOwner = symbols;
        _symbols = symbols?.GetMetadataReader();
    }

    public bool HasLines => _symbols is not null;

    /// <returns>Null when the file is not there or no assembly.</returns>
    public static ModuleSymbols? Open(string path)
    {
        try
        {
            var image = new PEReader(File.OpenRead(path));
            if (!image.HasMetadata)
            {
                image.Dispose();
                return null;
            }

            return new ModuleSymbols(image, OpenSymbols(image, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or ArgumentException)
        {
            return null;
        }
    }

    public MethodName? Method(int token)
    {
        if (!_methods.TryGetValue(token, out MethodName? name))
            _methods[token] = name = Read(token);
        return name;
    }

    /// <summary>The line of the statement that holds the IL offset; 0 when unknown.</summary>
    public int Line(int token, int ilOffset)
    {
        int line = 0;
        foreach (SequencePoint point in Points(token))
        {
            if (point.Offset > ilOffset)
                break;
            if (point.StartLine != HiddenLine)
                line = point.StartLine;
        }

        return line;
    }

    public void Dispose()
    {
        _symbolsOwner?.Dispose();
        _image.Dispose();
    }

    private static MetadataReaderProvider? OpenSymbols(PEReader image, string path)
    {
        try
        {
            return image.TryOpenAssociatedPortablePdb(path, file => File.Exists(file) ? File.OpenRead(file) : null, out MetadataReaderProvider? symbols, out _)
                ? symbols
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return null;
        }
    }

    private MethodName? Read(int token)
    {
        if (Row(token) is not (> 0 and var row) || row > _metadata.MethodDefinitions.Count)
            return null;

        MethodDefinitionHandle handle = MetadataTokens.MethodDefinitionHandle(row);
        MethodDefinition method = _metadata.GetMethodDefinition(handle);
        List<string> types = Types(method.GetDeclaringType());
        string name = _metadata.GetString(method.Name);
        (string file, int line) = Source(token);
        return new MethodName(CompilerNames.Of([.. types], name), $"{string.Join('+', types)}.{name}", file, line);
    }

    private List<string> Types(TypeDefinitionHandle innermost)
    {
        var names = new List<string>();
        for (TypeDefinitionHandle handle = innermost; !handle.IsNil;)
        {
            TypeDefinition type = _metadata.GetTypeDefinition(handle);
            string name = _metadata.GetString(type.Name);
            string space = _metadata.GetString(type.Namespace);
            names.Insert(0, space.Length == 0 ? name : $"{space}.{name}");
            handle = type.GetDeclaringType();
        }

        return names;
    }

    private (string File, int Line) Source(int token)
    {
        foreach (SequencePoint point in Points(token))
        {
            if (point.StartLine != HiddenLine)
                return (_symbols!.GetString(_symbols.GetDocument(point.Document).Name), point.StartLine);
        }

        return ("", 0);
    }

    private ImmutableArray<SequencePoint> Points(int token)
    {
        return _symbols is null || Row(token) is not (> 0 and var row) || row > _symbols.MethodDebugInformation.Count
            ? []
            : [.. _symbols.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(row)).GetSequencePoints()];
    }

    /// <summary>The row in the table of methods; 0 when the token is none of a method.</summary>
    private static int Row(int token) => token >> 24 == (int)TableIndex.MethodDef ? token & 0xFF_FFFF : 0;
}
