namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Strings rise beside the table that interns them.</summary>
public sealed class StringsInterned : LeakPattern
{
    public override string Id => "dotnet-strings-interned";

    public override string Title => "Strings are interned without bound";

    public override string Cause => "string.Intern keeps every string for the life of the process.";

    public override string Remedy => "A bounded table of your own, or none.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.string.intern";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        var strings = suspect.ShareOfHeap(s => s.Leaf.Function == "System.String");
        return strings >= 0.5 && suspect.HasType("System.StringLiteralMap*", "Interned")
            ? PatternMatch.Yes("most of what grows are strings, and the intern table is in use")
            : PatternMatch.No;
    }
}
