namespace Plumb.Leaks.Isolation;

/// <summary>One thing whose growth is watched from round to round.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where in the code, when that is known: <c>main.(*cart).reserve cart.go:31</c>; otherwise empty.</param>
public readonly record struct Signal(SignalKind Kind, string Place);
