namespace Plumb.Cli.Demo;

/// <summary>A folder that goes away with its owner, or with the program.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => ExitCleanup.Add(this, Delete);

    public string Path { get; } = Directory.CreateTempSubdirectory("plumb-lab-").FullName;

    public void Dispose()
    {
        ExitCleanup.Remove(this);
        Delete();
    }

    private void Delete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still have been writing into it: what is left is a few files in the
            // system's folder for temporary files, and no reason to hide the result of the run.
        }
    }
}
