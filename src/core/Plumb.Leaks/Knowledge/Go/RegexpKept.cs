namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>regexp.compile</c> rows.</summary>
public sealed class RegexpKept : LeakPattern
{
    public override string Id => "regexp-compiled-and-kept";

    public override string Title => "Regular expressions are compiled and kept";

    public override string Cause =>
        "Each call compiles a new expression and something keeps it, such as a map keyed by user input.";

    public override string Remedy => "Compile once into a package variable; bound any cache of expressions.";

    public override string? Reference => "https://pkg.go.dev/regexp#MustCompile";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return !suspect.HasGoroutines && suspect.ShareOfHeap(s => s.Calls("regexp", "compile", "MustCompile", "Compile")) > 0.5
            ? PatternMatch.Yes("live compiled expressions grow")
            : PatternMatch.No;
    }
}
