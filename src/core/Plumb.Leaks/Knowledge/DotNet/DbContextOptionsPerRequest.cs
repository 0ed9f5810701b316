namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>ServiceProviderCache</c> objects rise.</summary>
public sealed class DbContextOptionsPerRequest : LeakPattern
{
    public override string Id => "dotnet-dbcontext-options-per-request";

    public override string Title => "EF Core builds its services again and again";

    public override string Cause =>
        "Options that differ each time (a new logger factory, a new interceptor) make a service provider each, all of " +
        "which are cached.";

    public override string Remedy => "Make the options once; share the logger factory and the interceptors.";

    public override string? Reference => "https://learn.microsoft.com/ef/core/miscellaneous/context-pooling";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("Microsoft.EntityFrameworkCore.Internal.ServiceProviderCache*", "Microsoft.EntityFrameworkCore.Infrastructure.Internal.ServiceProviderCache*")
            ? PatternMatch.Yes("cached service providers of EF Core rise")
            : PatternMatch.No;
    }
}
