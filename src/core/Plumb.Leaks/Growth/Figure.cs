namespace Plumb.Leaks.Growth;

/// <summary>One number that a verdict rests on.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Value">In the unit that the name says; a share is 0 to 1.</param>
public readonly record struct Figure(string Name, double Value);
