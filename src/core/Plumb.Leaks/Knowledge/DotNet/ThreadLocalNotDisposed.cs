namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>ThreadLocal</c> objects rise.</summary>
public sealed class ThreadLocalNotDisposed : LeakPattern
{
    public override string Id => "dotnet-threadlocal-not-disposed";

    public override string Title => "A ThreadLocal is not disposed";

    public override string Cause => "Each thread keeps its slot of every ThreadLocal that was not disposed.";

    public override string Remedy => "Make it static, or dispose it with its owner.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.threadlocal-1";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Threading.ThreadLocal*", "LinkedSlot", "LinkedSlotVolatile[]")
            ? PatternMatch.Yes("slots of thread-local values rise")
            : PatternMatch.No;
    }
}
