namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>CancellationTokenSource.Linked1CancellationTokenSource</c> objects rise.</summary>
public sealed class LinkedTokenSourceNotDisposed : LeakPattern
{
    public override string Id => "dotnet-linked-token-source-not-disposed";

    public override string Title => "Linked cancellation sources are not disposed";

    public override string Cause =>
        "A linked source is registered with its parents, and stays there as long as they live, until it is disposed.";

    public override string Remedy => "using var linked = CancellationTokenSource.CreateLinkedTokenSource(…).";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.cancellationtokensource.createlinkedtokensource";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        // A nested type has no outer one in the names that the runtime's events give.
        return suspect.TypeGrows("System.Threading.CancellationTokenSource+Linked*", "Linked1CancellationTokenSource", "Linked2CancellationTokenSource", "LinkedNCancellationTokenSource")
            ? PatternMatch.Yes("linked cancellation sources rise")
            : PatternMatch.No;
    }
}
