namespace Plumb.Reports.Options;

/// <summary>What counts as one entry of a report.</summary>
public enum Granularity
{
    /// <summary>What the report prefers; functions where it does not mind.</summary>
    Default,

    /// <summary>Function name.</summary>
    Functions,

    /// <summary>Function name and file.</summary>
    FileFunctions,

    /// <summary>Source file.</summary>
    Files,

    /// <summary>Source line.</summary>
    Lines,

    /// <summary>Instruction address.</summary>
    Addresses,
}
