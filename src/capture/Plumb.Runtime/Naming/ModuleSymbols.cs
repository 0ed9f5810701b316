using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Plumb.Runtime.Naming;

/// <summary>Names and lines of one module's methods, from its metadata and portable PDB (beside it, or embedded).</summary>
internal sealed class ModuleSymbols : IDisposable
{
    private const int HiddenLine = 0xFEEFEE;

    /// <summary>AsyncMethodSteppingInformation of the portable PDB format: where a method stops at an await, and where it goes on.</summary>
    private static readonly Guid s_steppingInformation = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");

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

    /// <summary>A type's name as people write it, without the numbers of its type parameters; empty when the token is none of a type.</summary>
    public string TypeName(int token)
    {
        int row = Row(token, TableIndex.TypeDef);
        return row is 0 || row > _metadata.TypeDefinitions.Count
            ? ""
            : string.Join('.', Types(MetadataTokens.TypeDefinitionHandle(row)).Select(CompilerNames.WithoutArity));
    }

    /// <summary>Empty when the token is none of a field.</summary>
    public string FieldName(int token)
    {
        int row = Row(token, TableIndex.Field);
        return row is 0 || row > _metadata.FieldDefinitions.Count ? "" : _metadata.GetString(_metadata.GetFieldDefinition(MetadataTokens.FieldDefinitionHandle(row)).Name);
    }

    /// <summary>The method that a state machine runs, and the lines on which it awaits, in the order of its states.</summary>
    /// <returns>Null when the type is no state machine.</returns>
    public AsyncMethod? AsyncMethod(int typeToken)
    {
        int row = Row(typeToken, TableIndex.TypeDef);
        if (row is 0 || row > _metadata.TypeDefinitions.Count)
            return null;
        foreach (MethodDefinitionHandle handle in _metadata.GetTypeDefinition(MetadataTokens.TypeDefinitionHandle(row)).GetMethods())
        {
            int token = MetadataTokens.GetToken(handle);
            if (_metadata.StringComparer.Equals(_metadata.GetMethodDefinition(handle).Name, "MoveNext") && Method(token) is { } name)
                return new AsyncMethod(name, AwaitLines(handle, token));
        }

        return null;
    }

    /// <summary>A method that the runtime itself stops and resumes, and the lines on which it awaits, in the order of its code.</summary>
    /// <returns>Null for every other method, such as one that only hands on a task.</returns>
    public AsyncMethod? RuntimeAsyncMethod(int token)
    {
        // MethodImplAttributes.Async
        const int Async = 0x2000;
        if (Row(token, TableIndex.MethodDef) is not (> 0 and var row) || row > _metadata.MethodDefinitions.Count || Method(token) is not { } name)
            return null;
        MethodDefinition method = _metadata.GetMethodDefinition(MetadataTokens.MethodDefinitionHandle(row));
        return ((int)method.ImplAttributes & Async) == 0 ? null : new AsyncMethod(name, RuntimeAwaitLines(method, token));
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
        if (Row(token, TableIndex.MethodDef) is not (> 0 and var row) || row > _metadata.MethodDefinitions.Count)
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
        return _symbols is null || Row(token, TableIndex.MethodDef) is not (> 0 and var row) || row > _symbols.MethodDebugInformation.Count
            ? []
            : [.. _symbols.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(row)).GetSequencePoints()];
    }

    private int[] AwaitLines(MethodDefinitionHandle handle, int token)
    {
        if (_symbols is null || MetadataTokens.GetRowNumber(handle) > _symbols.MethodDebugInformation.Count)
            return [];
        foreach (CustomDebugInformationHandle custom in _symbols.GetCustomDebugInformation(handle))
        {
            CustomDebugInformation information = _symbols.GetCustomDebugInformation(custom);
            if (_symbols.GetGuid(information.Kind) == s_steppingInformation)
                return AwaitLines(_symbols.GetBlobReader(information.Value), token);
        }

        return [];
    }

    private int[] AwaitLines(BlobReader stepping, int token)
    {
        var lines = new List<int>();
        _ = stepping.ReadUInt32();
        while (stepping.RemainingBytes > 0)
        {
            lines.Add(Line(token, (int)stepping.ReadUInt32()));
            _ = stepping.ReadUInt32();
            _ = stepping.ReadCompressedInteger();
        }

        return [.. lines];
    }

    // Each await is a call that only the runtime understands: AsyncHelpers.Await, AwaitAwaiter, UnsafeAwaitAwaiter.
    private int[] RuntimeAwaitLines(MethodDefinition method, int token)
    {
        if (_symbols is null || method.RelativeVirtualAddress == 0)
            return [];
        try
        {
            BlobReader code = _image.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
            return [.. IlCalls.Find(code).Where(call => IsAwait(call.Token)).Select(call => Line(token, call.Offset))];
        }
        catch (BadImageFormatException)
        {
            return [];
        }
    }

    private bool IsAwait(int token)
    {
        EntityHandle called = MetadataTokens.EntityHandle(token);
        if (called.Kind == HandleKind.MethodSpecification)
            called = _metadata.GetMethodSpecification((MethodSpecificationHandle)called).Method;
        if (called.Kind != HandleKind.MemberReference)
            return false;
        MemberReference member = _metadata.GetMemberReference((MemberReferenceHandle)called);
        return member.Parent.Kind == HandleKind.TypeReference
            && _metadata.StringComparer.Equals(_metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name, "AsyncHelpers")
            && _metadata.GetString(member.Name).Contains("Await", StringComparison.Ordinal);
    }

    /// <summary>The row in a table; 0 when the token is of another.</summary>
    private static int Row(int token, TableIndex table) => token >> 24 == (int)table ? token & 0xFF_FFFF : 0;
}
