namespace Plumb.Leaks.Knowledge.DotNet;

/// <summary>Live <c>BlockedReadAsyncOperation</c> objects rise.</summary>
public sealed class ChannelNotCompleted : LeakPattern
{
    public override string Id => "dotnet-channel-not-completed";

    public override string Title => "Readers wait for a channel that is never completed";

    public override string Cause =>
        "ReadAllAsync ends when the writer is completed; where that is forgotten, the reader and all that it holds " +
        "stay.";

    public override string Remedy => "writer.Complete() in finally, or a cancellation token for the reader.";

    public override string? Reference => "https://learn.microsoft.com/dotnet/api/system.threading.channels.channelwriter-1.trycomplete";

    public override int Specificity => 2;

    public override PatternMatch Judge(SuspectFacts suspect)
    {
        return suspect.TypeGrows("System.Threading.Channels.BlockedReadAsyncOperation", "System.Threading.Channels.BlockedWriteAsyncOperation", "System.Threading.Channels.VoidAsyncOperationWithCancellation", "System.Threading.Channels.AsyncOperation")
            || suspect.Awaits("System.Threading.Channels.Channel*")
            ? PatternMatch.Yes("operations that wait on channels rise")
            : PatternMatch.No;
    }
}
