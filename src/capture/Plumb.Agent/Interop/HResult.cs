namespace Plumb.Agent.Interop;

internal static class HResult
{
    public const int Ok = 0;
    public const int Fail = unchecked((int)0x80004005);

    /// <summary>Ours: the runtime need not take the agent a second time, it has it.</summary>
    public const int AlreadyHere = unchecked((int)0x80040F01);
    public const int NoInterface = unchecked((int)0x80004002);
    public const int NoAggregation = unchecked((int)0x80040110);
}
