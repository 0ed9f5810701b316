using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Plumb.Profiles;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.Runtime.Tests.Goroutines;

// The process of the tests itself is frozen, as any other would be.
// One of them counts the copies that are left: whoever else makes some belongs to this collection.
[Collection("copies of the process")]
public sealed class GoroutineTests
{
    private const int Calls = 1000;
    private const string Here = "Plumb.Runtime.Tests.Goroutines.GoroutineTests.";
    private static Task s_begun = Task.CompletedTask;

    [AgentFact]
    public async Task Three_thousand_pending_calls_of_three_shapes_are_counted_exactly_with_their_stacks_and_lines()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gate = new SemaphoreSlim(0);
        var channel = Channel.CreateUnbounded<int>();
        Task[] pending = [];
        Task[] sleeping = [];
        await BeginAsync(() =>
        {
            pending =
            [
                .. Enumerable.Range(0, Calls).Select(_ => OuterAsync(answer.Task)),
                .. Enumerable.Range(0, Calls).Select(_ => QueuedAsync(gate)),
                ReadAsync(channel.Reader),
                AllAsync(answer.Task),
            ];
            sleeping = [.. Enumerable.Range(0, Calls).Select(_ => SleepsAsync())];
        });

        Profile profile = await profiles.GoroutineAsync();
        string[] stacks = Stacks.Rows(profile);
        answer.SetResult();
        gate.Release(Calls);
        channel.Writer.Complete();
        await Task.WhenAll(pending).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(sleeping, task => task.IsCompleted);

        Assert.Contains($"1000 await: System.Threading.Tasks.TaskCompletionSource < {Here}InnerAsync < {Here}MiddleAsync < {Here}OuterAsync", stacks);
        Assert.Equal([InnerLine], Stacks.Lines(profile, Here + nameof(InnerAsync)));
        Assert.Contains($"1000 semacquire: System.Threading.SemaphoreSlim.WaitAsync < {Here}QueuedAsync", stacks);
        Assert.Contains($"1000 sleep: System.Threading.Tasks.Task.Delay < {Here}SleepsAsync", stacks);
        Assert.Contains($"1 chan receive: System.Threading.Channels.ChannelReader.WaitToReadAsync < System.Threading.Channels.ChannelReader.ReadAllAsync < {Here}ReadAsync", stacks);
        Assert.Contains($"2 await: System.Threading.Tasks.TaskCompletionSource < {Here}InnerAsync < System.Threading.Tasks.Task.WhenAll < {Here}AllAsync", stacks);
    }

    [AgentFact]
    public async Task A_thread_that_waits_is_there_with_its_managed_stack()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path);
        using var until = new ManualResetEventSlim();
        var thread = new Thread(() => StuckThread(until)) { IsBackground = true };
        thread.Start();
        while (!thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
            await Task.Delay(5);

        Profile profile = await profiles.GoroutineAsync();
        until.Set();
        thread.Join();

        Assert.Equal(1, Stacks.Cum(profile, nameof(StuckThread), 0));
    }

    [AgentFact]
    public async Task Frozen_again_and_again_nothing_is_left_behind()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path);
        await profiles.GoroutineAsync();
        int before = Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

        for (int i = 0; i < 10; i++)
            await profiles.GoroutineAsync();

        // Other tests open and close files meanwhile.
        Assert.InRange(Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(), 0, before + 8);
        Assert.Empty(Children());
    }

    [AgentFact]
    public async Task Who_lets_go_of_the_agent_does_not_take_it_from_others()
    {
        await using var staying = new RuntimeProfiles(AgentFile.Path);
        await staying.StartAsync();

        for (int i = 0; i < 5; i++)
        {
            await using var leaving = new RuntimeProfiles(AgentFile.Path);
            await leaving.StartAsync();
        }

        Profile after = await staying.GoroutineAsync();
        Assert.NotEqual(0, after.Samples.Count);
        Assert.Contains(after.Header.Comments, comment => comment.StartsWith("the process stood still for ", StringComparison.Ordinal) && !comment.EndsWith(" 0.0 ms", StringComparison.Ordinal));
        Assert.NotEmpty((await staying.HeapAsync()).SampleTypes);
    }

    [AgentFact]
    public async Task However_many_come_and_go_at_once_each_has_samples_from_its_start_to_its_end()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async comer =>
        {
            for (int i = 0; i < 4; i++)
            {
                await using var profiles = new RuntimeProfiles(AgentFile.Path);
                await profiles.StartAsync();
                // The others leave meanwhile.
                await Task.Delay(TimeSpan.FromMilliseconds(5 * comer));
                Assert.NotEmpty((await profiles.HeapAsync()).SampleTypes);
                Assert.NotEqual(0, (await profiles.GoroutineAsync()).Samples.Count);
            }
        }));
    }

    [AgentFact]
    public async Task Let_go_of_while_a_copy_is_read_the_agent_stays_until_it_has_been()
    {
        var profiles = new RuntimeProfiles(AgentFile.Path);
        await profiles.StartAsync();

        for (int i = 0; i < 5; i++)
        {
            Task<Profile> under = profiles.GoroutineAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(10 * i));
            await profiles.DisposeAsync();
            try
            {
                Assert.NotEqual(0, (await under).Samples.Count);
            }
            catch (ProfileUnavailableException e)
            {
                Assert.Equal("the native agent was stopped", e.Message);
            }
        }
    }

    [Fact]
    public async Task Without_the_agent_it_says_what_is_missing()
    {
        await using var profiles = new RuntimeProfiles("no/such/libplumb-agent.so");

        var e = await Assert.ThrowsAsync<ProfileUnavailableException>(() => profiles.GoroutineAsync());

        Assert.Contains("no/such/libplumb-agent.so", e.Message, StringComparison.Ordinal);
    }

    // The line that says so.
    private static long InnerLine => Array.FindIndex(File.ReadAllLines(SourceFile()), line => line.EndsWith("// InnerLine", StringComparison.Ordinal)) + 1;

    /// <summary>When it has ended, each of the calls has gone on once and waits: without a context around it they go on within SetResult.</summary>
    private static Task BeginAsync(Action calls) => Task.Run(() =>
    {
        var begun = new TaskCompletionSource();
        s_begun = begun.Task;
        calls();
        begun.SetResult();
    });

    private static async Task OuterAsync(Task answer) => await MiddleAsync(answer);

    private static async Task<int> MiddleAsync(Task answer)
    {
        await InnerAsync(answer);
        return 1;
    }

    private static async Task InnerAsync(Task answer)
    {
        await s_begun;
        await answer; // InnerLine
    }

    private static async Task AllAsync(Task answer) => await Task.WhenAll(InnerAsync(answer), InnerAsync(answer));

    private static async Task QueuedAsync(SemaphoreSlim gate) => await gate.WaitAsync();

    private static async Task SleepsAsync() => await Task.Delay(TimeSpan.FromHours(1));

    private static async Task ReadAsync(ChannelReader<int> reader)
    {
        await foreach (int _ in reader.ReadAllAsync())
        {
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StuckThread(ManualResetEventSlim until) => until.Wait();

    private static string SourceFile() => Path.Combine(Checkout(), "tests/Plumb.Runtime.Tests/Goroutines/GoroutineTests.cs");

    private static string Checkout()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Plumb.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    private static List<string> Children() => [.. Directory.EnumerateDirectories("/proc/self/task")
        .Select(task => Path.Combine(task, "children")).Where(File.Exists).SelectMany(file => File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
