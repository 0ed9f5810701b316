namespace Plumb.Leaks.Knowledge.Go;

/// <summary><c>os.newFile</c> under the application, descriptors of files rise.</summary>
public sealed class FileNotClosed : LeakPattern
{
    public override string Id => "file-not-closed";

    public override string Title => "A file is not closed";

    public override string Cause => "An open file holds a descriptor until Close, or until its finalizer happens to run.";

    public override string Remedy =>
        "defer f.Close() right after the error check; in a loop, close in the loop or move its body to a function.";

    public override string? Reference => "https://pkg.go.dev/os#File.Close";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.HasGoroutines) return PatternMatch.No;
        if (suspect.Growing.Count == 0 && suspect.GrowingFigures.Contains("fds.file")) return PatternMatch.Yes("open files rise, and nothing else does");
        var opened = suspect.Growing.Concat(suspect.Process).Any(s => Opens(s) && (suspect.Growing.Count == 0 || suspect.Growing.Any(g => g.Own?.NamedFunction == s.Own!.NamedFunction)));
        if (!opened) return PatternMatch.No;
        return suspect.FilesGrow
            ? PatternMatch.Yes("open files rise, and this function opens files")
            : suspect.Growing.Any(Opens) ? PatternMatch.Unsure("live file objects grow") : PatternMatch.No;
    }

    private static bool Opens(StackFact stack) => stack.Calls("os", "newFile", "NewFile", "OpenFile", "Open", "Create", "openFileNolog");
}
