namespace Plumb.Profiles;

/// <summary>A place in the code (profile.proto Location). A view; costs nothing to make.</summary>
public readonly struct Location
{
    private readonly LocationTable _table;

    internal Location(LocationTable table, LocationId id)
    {
        _table = table;
        Id = id;
    }

    public LocationId Id { get; }

    /// <summary>The instruction's address in the profiled process, 0 when unknown.</summary>
    public ulong Address => _table.Addresses[Id.Index];

    public MappingId Mapping => _table.Mappings[Id.Index];

    /// <summary>Several symbols share this address (identical code folding), so the names may be of another function.</summary>
    public bool IsFolded => _table.Folded[Id.Index];

    /// <summary>
    /// The calls at this address, innermost inlined one first: the last line is the function that has the code, each one before it was
    /// inlined into the one after. Empty when the address has no symbol.
    /// </summary>
    public ReadOnlySpan<Line> Lines => _table.Lines(Id);
}
