using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Plumb.Target;

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
        var local = new Local();
        using var often = new Timer(OnTick, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        using var closed = new Timer(local.OnTick, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        using var never = new Timer(local.OnNever, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        using var stopped = new Timer(OnTick, null, Timeout.Infinite, Timeout.Infinite);
        using var late = new CancellationTokenSource(TimeSpan.FromHours(1));
        using var component = new System.Timers.Timer(TimeSpan.FromMilliseconds(300));
        component.Elapsed += local.OnElapsed;
        component.Start();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new HttpClient();
        Task<string> asking = client.GetStringAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
        using TcpClient asked = listener.AcceptTcpClient();
        _ = asked.GetStream().Read(new byte[4096]);
        Thread.Sleep(500);
        Console.WriteLine($"ready {((IPEndPoint)listener.LocalEndpoint).Port}");
        _ = Console.ReadLine();
        GC.KeepAlive(pending);
        GC.KeepAlive(asking);
    }

    private static void OnTick(object? state)
    {
    }

    private sealed class Local
    {
        public int Ticks { get; private set; }

        public void OnTick(object? state) => Ticks++;

        public void OnNever(object? state) => Ticks--;

        public void OnElapsed(object? sender, EventArgs e) => Ticks++;
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
