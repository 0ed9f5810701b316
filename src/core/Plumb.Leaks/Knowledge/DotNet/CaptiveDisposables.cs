namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Service scopes keep what they have to dispose.</summary>
public sealed class CaptiveDisposables : LeakPattern
{
    public override string Id => "dotnet-captive-disposables";

    public override string Title => "Transient services are resolved from the root";

    public override string Cause =>
        "The root provider keeps every disposable transient service that it made, to dispose it at the end of the " +
        "process.";

    public override string Remedy => "Resolve from a scope (CreateScope), and dispose the scope.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/core/extensions/dependency-injection-guidelines";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.TypeGrows("Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope")
            || (suspect.TypeGrows("*DbContext") && suspect.HasType("Microsoft.Extensions.DependencyInjection.ServiceLookup.ServiceProviderEngineScope")))
            return PatternMatch.Yes("a service scope keeps more and more of what it has to dispose");
        if (suspect.ShareBeneath(Container) < 0.5) return PatternMatch.No;
        return suspect.BlamedCalls(Container) && suspect.TypeGrows("System.Object[]")
            ? PatternMatch.Yes("what the service provider makes for this function rises, and so does a list inside the provider")
            : PatternMatch.Unsure("what the service provider makes for this function rises");
    }

    private const string Container = "Microsoft.Extensions.DependencyInjection.";
}
