namespace Plumb.Symbols.Demangling;

/// <summary>How much of a C++ or Rust name is shown.</summary>
public enum DemangleMode
{
    /// <summary>Without parameters, template arguments and return types.</summary>
    Simplified,

    /// <summary>Without parameters and return types.</summary>
    Templates,

    /// <summary>All of it.</summary>
    Full,

    /// <summary>The linker's name.</summary>
    None,
}
