namespace Plumb.Leaks.Isolation;

/// <summary>A route that leaks, or several that leak only together.</summary>
/// <param name="Routes">By number; mostly one.</param>
/// <param name="Signals">What each request of it leaves behind, the most exactly counted first.</param>
public sealed record LeakingRoutes(IReadOnlyList<int> Routes, IReadOnlyList<SignalRate> Signals);

/// <summary>What one request leaves behind.</summary>
/// <param name="Signal">Of what.</param>
/// <param name="PerRequest">How much.</param>
/// <param name="Low">The lower end of the 95 % band.</param>
/// <param name="High">The upper end.</param>
/// <param name="IsCertain">False when repeated rounds left some doubt.</param>
public readonly record struct SignalRate(Signal Signal, double PerRequest, double Low, double High, bool IsCertain);
