namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Descriptors of files rise, and the application opens files.</summary>
public sealed class StreamNotDisposed : LeakPattern
{
    public override string Id => "dotnet-stream-not-disposed";

    public override string Title => "A file is not closed";

    public override string Cause =>
        "A FileStream, reader or writer holds a descriptor until Dispose, or until its finalizer runs, which never happens while something " +
        "refers to it.";

    public override string Remedy => "using or await using where it is opened; whoever keeps the stream has to dispose it.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/standard/garbage-collection/using-objects";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        if (suspect.FilesGrow && !suspect.SocketsGrow) return PatternMatch.Yes("open files rise");
        return suspect.TypeGrows("System.IO.FileStream", "Microsoft.Win32.SafeHandles.SafeFileHandle") ? PatternMatch.Unsure("live file objects rise") : PatternMatch.No;
    }
}
