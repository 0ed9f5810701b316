using System.Net;
using System.Net.Sockets;
using System.Text;
using Plumb.Profiles;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.Runtime.Tests.Handles;

// Of the process of the tests itself, in which other tests have timers as well: each looks for its own.
public sealed class HandlesTests
{
    private const string Here = "Plumb.Runtime.Tests.Handles.HandlesTests.";

    [Fact]
    public async Task Timers_are_told_by_what_they_call_and_how_often()
    {
        await using var profiles = new RuntimeProfiles("no agent");
        var ticks = new Timer[3];
        for (int i = 0; i < ticks.Length; i++)
            ticks[i] = new Timer(OnTick, null, TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(1_234_567));
        using var once = new Timer(OnTick, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        using var idle = new Timer(OnIdle, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var component = new System.Timers.Timer(TimeSpan.FromMinutes(91));
        component.Elapsed += OnElapsed;
        component.Start();
        using var cancelled = new CancellationTokenSource(TimeSpan.FromHours(1));
        using var periodic = new PeriodicTimer(TimeSpan.FromMinutes(93));
        _ = Task.Delay(TimeSpan.FromHours(1), CancellationToken.None);

        Profile before = await profiles.HandlesAsync();
        foreach (Timer tick in ticks)
            await tick.DisposeAsync();
        Profile after = await profiles.HandlesAsync();

        Assert.Equal(3, Count(before, $"{Here}OnTick < every 20.576 min < timer"));
        Assert.Equal(1, Count(before, $"{Here}OnTick < once < timer"));
        Assert.Equal(0, Count(after, $"{Here}OnTick < every 20.576 min < timer"));
        Assert.Equal(1, Count(after, $"{Here}OnTick < once < timer"));
        Assert.Equal(0, Stacks.Cum(before, nameof(OnIdle), 0));
        Assert.Equal(1, Count(before, $"{Here}OnElapsed < every 1.517 h < timer"));
        Assert.Equal(1, Count(before, "System.Threading.PeriodicTimer.WaitForNextTickAsync < every 1.55 h < timer"));
        Assert.InRange(Count(before, "System.Threading.CancellationTokenSource.CancelAfter < once < timer"), 1, int.MaxValue);
        Assert.InRange(Count(before, "System.Threading.Tasks.Task.Delay < once < timer"), 1, int.MaxValue);
        Assert.Equal([Line("// OnTick")], Stacks.Lines(before, nameof(OnTick)));
        Assert.Contains(before.Header.Comments, comment => comment.EndsWith(" timers that are set", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_of_http_clients_are_told_by_host_and_state()
    {
        await using var profiles = new RuntimeProfiles("no agent");
        profiles.WatchConnections();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var client = new HttpClient();
        TcpClient[] served = new TcpClient[2];

        Task<string>[] asking = [.. served.Select(_ => client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/")))];
        for (int i = 0; i < served.Length; i++)
            served[i] = await listener.AcceptTcpClientAsync();
        string host = $"http://127.0.0.1:{port} < HTTP/1.1 < HTTP connection";
        await SeeAsync(profiles, port, [$"2 active: {host}"]);
        await AnswerAsync(served[0]);
        await await Task.WhenAny(asking);
        await SeeAsync(profiles, port, [$"1 active: {host}", $"1 idle: {host}"]);
        client.Dispose();
        await SeeAsync(profiles, port, []);
        foreach (TcpClient connection in served)
            connection.Dispose();
    }

    [Fact]
    public async Task What_is_not_known_is_said()
    {
        await using var profiles = new RuntimeProfiles("no agent");

        Assert.Contains("connections of HTTP clients are not counted: nobody asked for it", (await profiles.HandlesAsync()).Header.Comments);
    }

    [AgentFact]
    public async Task Of_another_process_timers_and_connections_are_read_from_a_copy_of_it()
    {
        const string There = "Plumb.Target.Program.";
        await using OtherProcess process = await OtherProcess.StartAsync(0);
        await using RuntimeProfiles profiles = RuntimeProfiles.OfProcess(process.Id, AgentFile.Path);

        Profile handles = await profiles.HandlesAsync();

        Assert.Equal(1, Count(handles, $"{There}OnTick < every 100 ms < timer"));
        Assert.Equal(1, Count(handles, $"{There}Local.OnTick < every 200 ms < timer"));
        Assert.Equal(1, Count(handles, $"{There}Local.[not yet called] < every 1 h < timer"));
        Assert.Equal(1, Count(handles, $"{There}Local.OnElapsed < every 300 ms < timer"));
        Assert.Equal(1, Count(handles, "System.Threading.CancellationTokenSource.CancelAfter < once < timer"));
        Assert.Equal(1, Count(handles, "System.Threading.Tasks.Task.Delay < once < timer"));
        Assert.Equal([$"1 active: http://127.0.0.1:{process.Port} < HTTP/1.1 < HTTP connection"], Connections(handles, process.Port));
        Assert.Equal(1, Count(handles, $"listening on 127.0.0.1:{process.Port} < tcp < socket"));
        Assert.Contains(handles.Header.Comments, comment => comment.StartsWith("the process stood still for ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_agent_descriptors_of_another_process_are_there_and_the_rest_is_said_to_be_missing()
    {
        await using OtherProcess process = await OtherProcess.StartAsync(0);
        await using RuntimeProfiles profiles = RuntimeProfiles.OfProcess(process.Id, "no/such/libplumb-agent.so");

        Profile handles = await profiles.HandlesAsync();

        Assert.Equal(1, Count(handles, $"listening on 127.0.0.1:{process.Port} < tcp < socket"));
        Assert.Contains(handles.Header.Comments, comment => comment.StartsWith("timers and connections of HTTP clients are not known", StringComparison.Ordinal) && comment.Contains("no/such/", StringComparison.Ordinal));
    }

    private static void OnTick(object? state)
    { // OnTick
    }

    private static void OnIdle(object? state)
    {
    }

    private static void OnElapsed(object? sender, System.Timers.ElapsedEventArgs e)
    {
    }

    private static async Task AnswerAsync(TcpClient connection)
    {
        byte[] request = new byte[4096];
        _ = await connection.GetStream().ReadAsync(request);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    }

    // A connection is active, idle or closed a moment after the other end knows.
    private static async Task SeeAsync(RuntimeProfiles profiles, int port, string[] expected)
    {
        string[] now = Connections(await profiles.HandlesAsync(), port);
        for (int i = 0; i < 1_000 && !now.AsSpan().SequenceEqual(expected); i++)
        {
            await Task.Delay(10);
            now = Connections(await profiles.HandlesAsync(), port);
        }

        Assert.Equal(expected, now);
    }

    private static string[] Connections(Profile profile, int port) =>
        [.. Rows(profile).Where(row => row.EndsWith("HTTP connection", StringComparison.Ordinal) && row.Contains($":{port} ", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Rows(Profile profile)
    {
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            string state = sample.Labels is [var label, ..] ? $" {profile.Strings[label.Text]}" : "";
            yield return $"{sample.Values[0]}{state}: {string.Join(" < ", Stacks.Functions(profile, sample))}";
        }
    }

    private static long Count(Profile profile, string places)
    {
        long sum = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
            sum += string.Join(" < ", Stacks.Functions(profile, profile.Sample(i))) == places ? profile.Sample(i).Values[0] : 0;
        return sum;
    }

    private static long Line(string mark)
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Plumb.slnx")))
            folder = folder.Parent!;
        return Array.FindIndex(File.ReadAllLines(Path.Combine(folder.FullName, "tests/Plumb.Runtime.Tests/Handles/HandlesTests.cs")), line => line.EndsWith(mark, StringComparison.Ordinal)) + 1;
    }
}
