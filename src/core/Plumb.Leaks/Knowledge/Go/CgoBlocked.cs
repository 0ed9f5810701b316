namespace Plumb.Leaks.Knowledge.Go;

/// <summary>Goroutines inside a C call, and threads rise.</summary>
public sealed class CgoBlocked : LeakPattern
{
    public override string Id => "cgo-blocked";

    public override string Title => "Calls into C do not return";

    public override string Cause =>
        "Each call into C holds an operating system thread until it returns; more threads are started for the others.";

    public override string Remedy => "Bound the calls with a semaphore, and give what they do a timeout.";

    public override string? Reference => "https://pkg.go.dev/cmd/cgo";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var call = suspect.Goroutines.FirstOrDefault(IsInC);
        if (call is null) return PatternMatch.No;
        return suspect.ThreadsGrow ? PatternMatch.Yes("goroutines inside C rise, and threads with them") : PatternMatch.Unsure("goroutines inside C rise");
    }

    internal static bool IsInC(StackFact stack) =>
        stack.Has("runtime", "cgocall") || stack.Frames.Any(f => f.LocalName.StartsWith("_Cfunc_", StringComparison.Ordinal));
}
