namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>exec.Cmd</c> goroutines.</summary>
public sealed class ExecWithoutWait : LeakPattern
{
    public override string Id => "exec-without-wait";

    public override string Title => "A command is started and never waited for";

    public override string Cause =>
        "Until Wait, the goroutines that copy its output, its pipes and the ended process itself stay.";

    public override string Remedy => "Call Wait after Start, or use Run; give the command a context.";

    public override string? Reference => "https://pkg.go.dev/os/exec#Cmd.Wait";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("os/exec", "(*Cmd).*") is not null
            ? PatternMatch.Yes("more and more goroutines that serve a started command")
            : PatternMatch.No;
    }
}
