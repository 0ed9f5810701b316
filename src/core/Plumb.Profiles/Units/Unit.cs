namespace Plumb.Profiles.Units;

/// <summary>A unit of measure.</summary>
/// <param name="Symbol">How it is printed, such as <c>MB</c> or <c>ms</c>.</param>
/// <param name="Factor">How many of the family's smallest natural unit (byte, nanosecond, GCU) it holds.</param>
public sealed record Unit(string Symbol, double Factor);
