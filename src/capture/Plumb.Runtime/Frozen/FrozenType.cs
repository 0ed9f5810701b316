using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Frozen;

internal sealed class FrozenType
{
    public required FrozenClass Class { get; init; }

    /// <summary>The own name and those of what it derives from.</summary>
    public required string[] Names { get; init; }

    /// <summary>Of all fields by name; a field of the class itself hides one of the same name that it inherits.</summary>
    public required IReadOnlyDictionary<string, int> Offsets { get; init; }

    /// <summary>Of a state machine: what it runs.</summary>
    public required AsyncMethod? Method { get; init; }

    /// <summary>Path of its file.</summary>
    public required string Module { get; init; }

    public string Name => Names[0];

    public bool IsValue => Names.Length > 1 && Names[1] == "System.ValueType";

    public bool Is(string name) => Array.IndexOf(Names, name) >= 0;
}
