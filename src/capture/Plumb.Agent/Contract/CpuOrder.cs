namespace Plumb.Agent.Contract;

/// <summary>What the agent is told of a CPU profile under way, where one is begun by a number of samples a second.</summary>
internal static class CpuOrder
{
    /// <summary>It takes no more samples and can be read.</summary>
    public const int End = 0;

    /// <summary>It is forgotten, whether it was read or not.</summary>
    public const int GiveUp = -1;
}
