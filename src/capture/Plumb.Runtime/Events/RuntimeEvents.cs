namespace Plumb.Runtime.Events;

/// <summary>Names and numbers of the runtime's own events (ClrEtwAll.man of dotnet/runtime).</summary>
internal static class RuntimeEvents
{
    public const string Provider = "Microsoft-Windows-DotNETRuntime";
    public const string RundownProvider = "Microsoft-Windows-DotNETRuntimeRundown";
    public const string SampleProvider = "Microsoft-DotNETCore-SampleProfiler";

    public const long ContentionKeyword = 0x4000;
    public const long ExceptionKeyword = 0x8000;
    public const long ThreadingKeyword = 0x1_0000;
    public const long WaitHandleKeyword = 0x400_0000_0000;

    /// <summary>Collects, and tells of every object that is left, with the names of their types.</summary>
    public const long HeapWalkKeywords = 0x1 | 0x10_0000 | 0x80_0000 | 0x100_0000 | 0x8_0000;

    public const int CollectionStart = 1;
    public const int CollectionEnd = 2;
    public const int BulkType = 15;
    public const int BulkRootEdge = 16;
    public const int BulkDependentEdge = 17;
    public const int BulkNode = 18;
    public const int BulkEdge = 19;
    public const int BulkStaticField = 38;
    public const int ThreadSample = 0;
    public const int ThreadCreating = 70;
    public const int ExceptionThrown = 80;
    public const int ContentionStart = 81;
    public const int ContentionStop = 91;
    public const int WaitStart = 301;
    public const int WaitStop = 302;

    public const int RundownMethod = 144;
    public const int RundownIlMap = 150;
    public const int RundownModule = 154;
}
