namespace Plumb.Runtime.Naming;

/// <summary>A type of the process that is looked at, by its names.</summary>
internal class NamedType
{
    /// <summary>The own name and those of what it derives from.</summary>
    public required string[] Names { get; init; }

    /// <summary>Of a state machine: what it runs.</summary>
    public required AsyncMethod? Method { get; init; }

    /// <summary>Path of its file.</summary>
    public required string Module { get; init; }

    public string Name => Names[0];

    public bool Is(string name) => Array.IndexOf(Names, name) >= 0;
}
