namespace Plumb.Leaks.Stacks.Recompilation;

/// <summary>How two chains of calls may come from one place.</summary>
internal enum ChainKinship
{
    None,

    /// <summary>The same methods, or the one lacks some that the other has: they were put into their callers, or jumped into what they call last.</summary>
    FramesLost,

    /// <summary>Most methods are the same, and each lacks some that the other has.</summary>
    FramesExchanged,
}
