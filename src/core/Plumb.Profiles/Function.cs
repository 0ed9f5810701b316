namespace Plumb.Profiles;

/// <summary>A function as the profile describes it (profile.proto Function). A view; costs nothing to make.</summary>
public readonly struct Function
{
    private readonly Profile _profile;
    private readonly FunctionRow _row;

    internal Function(Profile profile, FunctionId id)
    {
        _profile = profile;
        _row = profile.Functions.Rows[id.Index];
        Id = id;
    }

    public FunctionId Id { get; }

    /// <summary>The name for people, demangled where the writer did so.</summary>
    public string Name => _profile.Strings[_row.Name];

    /// <summary>The name the linker knows; empty when the writer left it out.</summary>
    public string SystemName => _profile.Strings[_row.SystemName];

    /// <summary>The source file's path as the compiler wrote it: not a path of this machine, and not to be trusted as one.</summary>
    public string File => _profile.Strings[_row.File];

    /// <summary>The line of the definition, 0 when unknown.</summary>
    public long StartLine => _row.StartLine;
}
