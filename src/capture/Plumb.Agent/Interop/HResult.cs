namespace Plumb.Agent.Interop;

internal static class HResult
{
    public const int Ok = 0;
    public const int Fail = unchecked((int)0x80004005);
    public const int NoInterface = unchecked((int)0x80004002);
    public const int NoAggregation = unchecked((int)0x80040110);
}
