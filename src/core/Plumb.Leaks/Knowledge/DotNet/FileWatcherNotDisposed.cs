namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Watchers rise, or inotify descriptors.</summary>
public sealed class FileWatcherNotDisposed : LeakPattern
{
    public override string Id => "dotnet-file-watcher-not-disposed";

    public override string Title => "A FileSystemWatcher is not disposed";

    public override string Cause => "Each watcher holds an inotify descriptor and a thread or task until it is disposed.";

    public override string Remedy => "Dispose it; share one watcher for one folder.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.io.filesystemwatcher";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.IO.FileSystemWatcher*")
            ? PatternMatch.Yes("file system watchers rise")
            : PatternMatch.No;
    }
}
