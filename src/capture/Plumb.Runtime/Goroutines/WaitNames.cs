namespace Plumb.Runtime.Goroutines;

/// <summary>What people call the thing that is waited for, and the state in the words of Go where it is the same thing.</summary>
internal static class WaitNames
{
    public const string Await = "await";
    public const string Runnable = "runnable";

    // Types that only stand for a call, with the call. Names of dotnet/runtime.
    private static readonly (string Type, string Call, string State)[] s_known =
    [
        ("System.Threading.Tasks.Task.DelayPromise", "System.Threading.Tasks.Task.Delay", "sleep"),
        ("System.Threading.PeriodicTimer.State", "System.Threading.PeriodicTimer.WaitForNextTickAsync", "sleep"),
        ("System.Threading.SemaphoreSlim.TaskNode", "System.Threading.SemaphoreSlim.WaitAsync", "semacquire"),
        ("System.Threading.Tasks.Task.WhenAllPromise", "System.Threading.Tasks.Task.WhenAll", "sync.WaitGroup.Wait"),
        ("System.Threading.Tasks.Task.TwoTaskWhenAnyPromise", "System.Threading.Tasks.Task.WhenAny", "select"),
        ("System.Threading.Tasks.TaskFactory.CompleteOnInvokePromise", "System.Threading.Tasks.Task.WhenAny", "select"),
        ("System.Threading.Tasks.TaskFactory.CompleteOnCountdownPromise", "System.Threading.Tasks.Task.WhenAll", "sync.WaitGroup.Wait"),
        ("System.Threading.Tasks.Task.CancellationPromise", "System.Threading.Tasks.Task.WaitAsync", Await),
        ("System.Threading.Channels.AsyncOperation", "System.Threading.Channels.ChannelReader.ReadAsync", "chan receive"),
        ("System.Threading.Channels.BlockedReadAsyncOperation", "System.Threading.Channels.ChannelReader.ReadAsync", "chan receive"),
        ("System.Threading.Channels.WaitingReadAsyncOperation", "System.Threading.Channels.ChannelReader.WaitToReadAsync", "chan receive"),
        ("System.Threading.Channels.BlockedWriteAsyncOperation", "System.Threading.Channels.ChannelWriter.WriteAsync", "chan send"),
        ("System.Threading.Channels.VoidAsyncOperationWithData", "System.Threading.Channels.ChannelWriter.WriteAsync", "chan send"),
        ("System.Threading.Channels.WaitingWriteAsyncOperation", "System.Threading.Channels.ChannelWriter.WaitToWriteAsync", "chan send"),
        ("System.Net.Sockets.Socket.AwaitableSocketAsyncEventArgs", "System.Net.Sockets.Socket", "IO wait"),
        ("Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.Internal.SocketAwaitableEventArgs", "System.Net.Sockets.Socket", "IO wait"),
        ("System.IO.Pipelines.Pipe.DefaultPipeReader", "System.IO.Pipelines.PipeReader.ReadAsync", "IO wait"),
        ("System.IO.Pipelines.Pipe.DefaultPipeWriter", "System.IO.Pipelines.PipeWriter.FlushAsync", "IO wait"),
    ];

    /// <summary>For a task that is no async method.</summary>
    public static (string Call, string State) Of(PendingTask task)
    {
        if (task.Type.Name == "System.Threading.Tasks.Task")
            return task.HasAction ? ("System.Threading.Tasks.Task.Run", Await) : ("System.Threading.Tasks.TaskCompletionSource", Await);
        return OfType(task.Type.Names);
    }

    public static (string Call, string State) OfType(string[] names) => Known(names) ?? (names[0], Await);

    /// <summary>For types that only stand for a call; null for all others.</summary>
    /// <param name="names">The own name and those of what it derives from.</param>
    public static (string Call, string State)? Known(string[] names)
    {
        foreach (string name in names)
        {
            foreach ((string type, string call, string state) in s_known)
            {
                if (name == type)
                    return (call, state);
            }
        }

        return null;
    }
}
