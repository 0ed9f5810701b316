namespace Plumb.Cli.Leaks.Sources;

/// <summary>A few lines of a source file around the one that matters.</summary>
/// <param name="Path">Where the file is, from the root that it was found below.</param>
/// <param name="FirstLine">The 1-based number of the first of <paramref name="Lines"/>.</param>
/// <param name="Lines">As in the file: tabs and whatever else it holds are not made safe for a terminal yet.</param>
/// <param name="Line">The line that matters.</param>
internal sealed record SourceExcerpt(string Path, int FirstLine, IReadOnlyList<string> Lines, int Line);
