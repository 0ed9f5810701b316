namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>CancellationTokenSource.CallbackNode</c> objects rise.</summary>
public sealed class TokenRegistrationNotDisposed : LeakPattern
{
    public override string Id => "dotnet-token-registration-not-disposed";

    public override string Title => "Registrations on a cancellation token pile up";

    public override string Cause =>
        "Register on a token that lives long (that of the host, say) keeps callback and state until the registration " +
        "is disposed.";

    public override string Remedy => "using var registration = token.Register(…).";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.cancellationtoken.register";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Threading.CancellationTokenSource+CallbackNode", "System.Threading.CancellationTokenSource+Registrations", "CallbackNode")
            ? PatternMatch.Yes("registrations on cancellation tokens rise")
            : PatternMatch.No;
    }
}
