namespace Plumb.Cli.Pprof.Sources;

/// <summary>Where a source may be.</summary>
/// <param name="Root">A folder that it must not lie outside of.</param>
/// <param name="Path">Below the folder.</param>
internal readonly record struct SourcePlace(string Root, string Path);
