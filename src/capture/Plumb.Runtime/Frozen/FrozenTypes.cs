using Plumb.Agent.Contract;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Frozen;

/// <summary>Classes of a frozen heap with the names that metadata gives them. Each is asked for once.</summary>
internal sealed class FrozenTypes(IFrozenHeap heap, FrameNamer names)
{
    private const int MaxAncestors = 32;
    private readonly Dictionary<long, FrozenType?> _types = [];
    private readonly Dictionary<long, string> _modules = [];

    /// <returns>Null for what is no class.</returns>
    public FrozenType? Find(long id)
    {
        if (!_types.TryGetValue(id, out FrozenType? type))
            _types[id] = type = heap.Class(id) is { } known ? Describe(known) : null;
        return type;
    }

    /// <summary>The class of an object; null where there is none.</summary>
    public FrozenType? Of(long address)
    {
        long type = 0;
        Span<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(new Span<long>(ref type));
        return address != 0 && address % sizeof(long) == 0 && heap.Read(address, bytes) == sizeof(long) && (type & FrozenRequest.ClassMask) is not 0 and var found ? Find(found) : null;
    }

    /// <summary>The name with its type arguments, as people write it; empty for what is no class.</summary>
    public string FullName(long id, int depth = 0)
    {
        const int MaxDepth = 4;
        if (depth > MaxDepth || Find(id) is not { } type)
            return "";
        if (type.Class is not { Rank: 0, Arguments.Length: > 0 })
            return type.Name;
        return $"{type.Name}<{string.Join(", ", type.Class.Arguments.Select(argument => FullName(argument, depth + 1) is { Length: > 0 } name ? name : "?"))}>";
    }

    /// <summary>The module of the method whose code is at an address, and its token there; null where there is none that has symbols.</summary>
    public (ModuleSymbols Module, string Path, int Token)? MethodAt(long address) =>
        heap.Function(address) is var (module, token) && Open(module) is { } symbols ? (symbols, Path(module), token) : null;

    private FrozenType DescribeArray(FrozenClass own)
    {
        string element = own.Arguments is [var inner] && inner != own.Id ? FullName(inner) : "";
        string name = $"{(element.Length > 0 ? element : "?")}[{new string(',', Math.Min(own.Rank, MaxAncestors) - 1)}]";
        return new FrozenType { Class = own, Names = [name, "System.Array"], Offsets = new Dictionary<string, int>(), Method = null, Module = "" };
    }

    private FrozenType Describe(FrozenClass own)
    {
        if (own.Rank > 0)
            return DescribeArray(own);
        var offsets = new Dictionary<string, int>(StringComparer.Ordinal);
        var ancestors = new List<string>();
        FrozenClass? next = own;
        for (int i = 0; next is not null && i < MaxAncestors; i++)
        {
            ModuleSymbols? module = Open(next.Module);
            ancestors.Add(module?.TypeName(next.Token) ?? "");
            foreach ((int token, int offset) in next.Fields)
                offsets.TryAdd(module?.FieldName(token) ?? "", offset);
            next = next.Parent == 0 ? null : heap.Class(next.Parent);
        }

        return new FrozenType { Class = own, Names = [.. ancestors], Offsets = offsets, Method = Open(own.Module)?.AsyncMethod(own.Token), Module = Path(own.Module) };
    }

    private ModuleSymbols? Open(long module) => names.Open(Path(module));

    private string Path(long module)
    {
        if (!_modules.TryGetValue(module, out string? path))
            _modules[module] = path = heap.Module(module);
        return path;
    }
}
