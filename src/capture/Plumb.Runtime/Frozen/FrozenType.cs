using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Frozen;

internal sealed class FrozenType : NamedType
{
    public required FrozenClass Class { get; init; }

    /// <summary>Of all fields by name; a field of the class itself hides one of the same name that it inherits.</summary>
    public required IReadOnlyDictionary<string, int> Offsets { get; init; }

    public bool IsValue => Names.Length > 1 && Names[1] == "System.ValueType";
}
