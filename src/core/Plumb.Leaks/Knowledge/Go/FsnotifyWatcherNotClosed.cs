namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>readEvents</c> goroutines.</summary>
public sealed class FsnotifyWatcherNotClosed : LeakPattern
{
    public override string Id => "fsnotify-watcher-not-closed";

    public override string Title => "A file watcher is not closed";

    public override string Cause => "Each watcher has an inotify descriptor and a goroutine until Close.";

    public override string Remedy => "Share one watcher, or defer watcher.Close().";

    public override string? Reference => "https://pkg.go.dev/github.com/fsnotify/fsnotify";

    public override int Specificity => 3;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.Goroutine("fsnotify", "(*Watcher).readEvents", "(*inotify).readEvents") is not null
            ? PatternMatch.Yes("more and more watchers (readEvents)")
            : PatternMatch.No;
    }
}
