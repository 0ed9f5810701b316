
namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>ProcessWaitState</c> objects rise.</summary>
public sealed class ProcessNotDisposed : LeakPattern
{
    public override string Id => "dotnet-process-not-disposed";

    public override string Title => "A Process is not disposed";

    public override string Cause => "A Process keeps its wait state, its pipes and their readers until it is disposed.";

    public override string Remedy => "using var process = …; and WaitForExitAsync.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.diagnostics.process";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Diagnostics.ProcessWaitState*", "System.Diagnostics.Process")
            ? PatternMatch.Yes("processes that were started and not disposed rise")
            : PatternMatch.No;
    }
}
