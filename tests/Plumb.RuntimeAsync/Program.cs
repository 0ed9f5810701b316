using System.Threading.Channels;

namespace Plumb.RuntimeAsync;

internal static class Program
{
    private const int Calls = 100;
    private static readonly TaskCompletionSource s_answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Main(string[] args)
    {
        // Code that ran often is compiled again, and so is what resumes it.
        for (int i = 0; i < int.Parse(args[0]); i++)
            OuterAsync(Task.Delay(1)).GetAwaiter().GetResult();
        var pending = new List<Task>();
        var channel = Channel.CreateUnbounded<int>();
        for (int i = 0; i < Calls; i++)
            pending.Add(OuterAsync(s_answer.Task));
        pending.Add(GenericAsync("one"));
        pending.Add(ValueAsync().AsTask());
        pending.Add(ReadsAsync(channel.Reader));
        pending.Add(SleepsAsync());
        Thread.Sleep(500);
        Console.WriteLine("ready");
        _ = Console.ReadLine();
        GC.KeepAlive(pending);
    }

    private static async Task<int> OuterAsync(Task answer)
    {
        await Task.Yield();
        return await MiddleAsync(answer) + 1; // OuterLine
    }

    private static async Task<int> MiddleAsync(Task answer)
    {
        await InnerAsync(answer); // MiddleLine
        return 1;
    }

    private static async Task InnerAsync(Task answer)
    {
        await Task.Delay(1);
        await answer; // InnerLine
    }

    private static async Task<T> GenericAsync<T>(T value)
    {
        await MiddleAsync(s_answer.Task);
        return value;
    }

    private static async ValueTask<int> ValueAsync() => await OuterAsync(s_answer.Task);

    private static async Task<int> ReadsAsync(ChannelReader<int> reader) => await reader.ReadAsync();

    private static async Task SleepsAsync() => await Task.Delay(TimeSpan.FromHours(1));
}
