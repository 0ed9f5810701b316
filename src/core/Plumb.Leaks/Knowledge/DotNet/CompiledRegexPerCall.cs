namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>CompiledRegexRunnerFactory</c> objects rise.</summary>
public sealed class CompiledRegexPerCall : LeakPattern
{
    public override string Id => "dotnet-compiled-regex-per-call";

    public override string Title => "A regex is compiled for each call";

    public override string Cause =>
        "RegexOptions.Compiled emits code for each new Regex; code and regex stay while anything refers to them.";

    public override string Remedy => "A static Regex, or [GeneratedRegex].";

    public override string? Reference => "https://learn.microsoft.com/dotnet/standard/base-types/best-practices-regex";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Text.RegularExpressions.CompiledRegexRunnerFactory", "System.Text.RegularExpressions.CompiledRegexRunner", "System.Text.RegularExpressions.Regex")
            ? PatternMatch.Yes("compiled regular expressions rise")
            : PatternMatch.No;
    }
}
