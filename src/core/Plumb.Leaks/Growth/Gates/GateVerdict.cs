namespace Plumb.Leaks.Growth.Gates;

public enum GateVerdict
{
    /// <summary>The gate's ordinary explanation does not fit.</summary>
    Pass,

    /// <summary>The gate cannot tell with these points.</summary>
    Inconclusive,

    /// <summary>The growth has this gate's ordinary explanation.</summary>
    Fail,
}
