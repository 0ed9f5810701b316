using System.Collections.Concurrent;

namespace Shop.Defects;

/// <summary>Waits for an answer that is lost now and then, and then waits for ever.</summary>
internal sealed class TaskNeverCompleted : IDefect
{
    private static readonly ConcurrentQueue<TaskCompletionSource<string>> s_asked = new();

    public string Name => "task-never-completed";

    public string Pattern => "dotnet-task-never-completed";

    public string Function => "Shop.Defects.TaskNeverCompleted.AskAsync";

    public int Rate => 300;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", () =>
    {
        // Nobody waits for it: the request is answered at once, what it started stays.
        _ = AskAsync(new byte[1024]);
        if (!leaks && s_asked.TryDequeue(out TaskCompletionSource<string>? answer))
            answer.SetResult("yes");
        return "asked";
    });

    private static async Task<string> AskAsync(byte[] question)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously); // leak: nobody completes it
        s_asked.Enqueue(answer);
        return await answer.Task + question.Length; // leak: and so this waits for ever
    }
}
