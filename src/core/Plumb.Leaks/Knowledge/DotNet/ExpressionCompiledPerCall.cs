namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>LambdaCompiler</c> objects rise.</summary>
public sealed class ExpressionCompiledPerCall : LeakPattern
{
    public override string Id => "dotnet-expression-compiled-per-call";

    public override string Title => "Code is generated for each call";

    public override string Cause => "Expression.Compile and DynamicMethod emit code that is kept as long as the delegate.";

    public override string Remedy => "Cache the delegate by what it depends on.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.linq.expressions.expression-1.compile";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Linq.Expressions.Compiler.LambdaCompiler", "System.Runtime.CompilerServices.Closure", "System.Reflection.Emit.DynamicMethod", "System.Reflection.Emit.DynamicResolver")
            ? PatternMatch.Yes("generated methods rise")
            : PatternMatch.No;
    }
}
