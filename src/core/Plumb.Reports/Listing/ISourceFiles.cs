namespace Plumb.Reports.Listing;

/// <summary>Where listings get source code from. A path comes from a profile and is not to be trusted.</summary>
public interface ISourceFiles
{
    /// <summary>Finds the source for a path as the profile has it.</summary>
    SourceText Find(string path);
}
