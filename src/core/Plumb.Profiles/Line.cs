namespace Plumb.Profiles;

/// <summary>One call at a location: which function, on which line (profile.proto Line).</summary>
/// <param name="Number">Line in the source file, 0 when unknown.</param>
/// <param name="Column">Column in that line, 0 when unknown.</param>
public readonly record struct Line(FunctionId Function, long Number, long Column = 0);
