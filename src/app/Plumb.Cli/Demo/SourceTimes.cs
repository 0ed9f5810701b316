namespace Plumb.Cli.Demo;

/// <summary>Tells whether what was built is still what its sources say.</summary>
internal static class SourceTimes
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true };

    /// <param name="built">The file that was built last.</param>
    /// <param name="folders">Of the sources.</param>
    /// <returns>False as well when the file is not there.</returns>
    public static bool AreOlderThan(string built, IEnumerable<string> folders) =>
        File.Exists(built) && folders.SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", Everywhere))
            .Where(file => !IsOutput(file))
            .All(file => file.LastWriteTimeUtc <= File.GetLastWriteTimeUtc(built));

    private static bool IsOutput(FileInfo file)
    {
        for (DirectoryInfo? folder = file.Directory; folder is not null; folder = folder.Parent)
        {
            if (folder.Name is "bin" or "obj")
                return true;
        }

        return false;
    }
}
