namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>InternalEntityEntry</c> objects rise.</summary>
public sealed class DbContextKept : LeakPattern
{
    public override string Id => "dotnet-dbcontext-kept";

    public override string Title => "A DbContext lives too long";

    public override string Cause =>
        "A context tracks every entity that it ever loaded; one that lives as long as the process tracks all of them.";

    public override string Remedy => "Register the context as scoped, or use a factory; AsNoTracking for what is only read.";

    public override string? Reference => "https://learn.microsoft.com/ef/core/dbcontext-configuration/";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("Microsoft.EntityFrameworkCore.ChangeTracking.Internal.InternalEntityEntry")
            ? PatternMatch.Yes("tracked entities rise")
            : PatternMatch.No;
    }
}
