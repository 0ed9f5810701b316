namespace Plumb.Reports.Options;

/// <summary>One of the values of an option that takes few.</summary>
public sealed record OptionChoice(string Name, string Help);
