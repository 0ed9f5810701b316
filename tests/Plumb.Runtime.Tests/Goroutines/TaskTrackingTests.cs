using System.Threading.Channels;
using Plumb.Collectors.Tests;
using Plumb.Profiles;
using Plumb.Runtime.Goroutines;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Tests.Goroutines;

// Tracking changes how the runtime keeps tasks, in the whole process: copies of it are not taken meanwhile.
[Collection("copies of the process")]
public sealed class TaskTrackingTests
{
    private const int Calls = 1000;
    private const string Here = "Plumb.Runtime.Tests.Goroutines.TaskTrackingTests.";
    private static Task s_begun = Task.CompletedTask;

    [Fact]
    public async Task Tracked_calls_are_counted_exactly_with_their_stacks_and_nothing_stands_still()
    {
        await using var profiles = new RuntimeProfiles("no agent");
        profiles.StartTracking();
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gate = new SemaphoreSlim(0);
        var channel = Channel.CreateUnbounded<int>();
        Task[] pending = [];
        Task[] sleeping = [];
        await BeginAsync(() =>
        {
            pending =
            [
                .. Enumerable.Range(0, Calls).Select(_ => OuterTrackedAsync(answer.Task)),
                .. Enumerable.Range(0, Calls).Select(_ => QueuedTrackedAsync(gate)),
                ReadTrackedAsync(channel.Reader),
                AllTrackedAsync(answer.Task),
            ];
            sleeping = [.. Enumerable.Range(0, Calls).Select(_ => SleepsTrackedAsync())];
        });

        Profile profile = await profiles.GoroutineAsync();
        string[] stacks = Stacks.Rows(profile);
        answer.SetResult();
        gate.Release(Calls);
        channel.Writer.Complete();
        await Task.WhenAll(pending).WaitAsync(TimeSpan.FromMinutes(2));
        string[] afterwards = Stacks.Rows(await profiles.GoroutineAsync());
        Assert.DoesNotContain(sleeping, task => task.IsCompleted);

        Assert.Contains($"1000 await: System.Threading.Tasks.TaskCompletionSource < {Here}InnerTrackedAsync < {Here}MiddleTrackedAsync < {Here}OuterTrackedAsync", stacks);
        Assert.Single(Stacks.Lines(profile, nameof(InnerTrackedAsync)), line => line > 0);
        Assert.Contains($"1000 semacquire: System.Threading.SemaphoreSlim.WaitAsync < {Here}QueuedTrackedAsync", stacks);
        Assert.Contains($"1000 sleep: System.Threading.Tasks.Task.Delay < {Here}SleepsTrackedAsync", stacks);
        Assert.Contains($"1 chan receive: System.Threading.Channels.ChannelReader.WaitToReadAsync < System.Threading.Channels.ChannelReader.ReadAllAsync < {Here}ReadTrackedAsync", stacks);
        Assert.Contains($"2 await: System.Threading.Tasks.TaskCompletionSource < {Here}InnerTrackedAsync < System.Threading.Tasks.Task.WhenAll < {Here}AllTrackedAsync", stacks);
        Assert.DoesNotContain(afterwards, row => row.EndsWith(nameof(OuterTrackedAsync), StringComparison.Ordinal));
        Assert.Contains(afterwards, row => row.EndsWith(nameof(SleepsTrackedAsync), StringComparison.Ordinal));
        Assert.Contains(profile.Header.Comments, comment => comment.StartsWith("nothing stood still: tasks are tracked since ", StringComparison.Ordinal));
        Assert.Contains(stacks, row => row.Contains("[thread .NET ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_has_waited_for_minutes_says_so()
    {
        var time = new HeldTime();
        await using var profiles = new RuntimeProfiles("no agent", time);
        profiles.StartTracking();
        var answer = new TaskCompletionSource();
        Task first = Task.CompletedTask;
        Task second = Task.CompletedTask;
        await BeginAsync(() => first = InnerTrackedAsync(answer.Task));
        // What is waited for is as old for both; who waits is not.
        time.Advance(TimeSpan.FromMinutes(5.5));
        await BeginAsync(() => second = MiddleTrackedAsync(answer.Task));

        Profile profile = await profiles.GoroutineAsync();
        answer.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal([5L], Waits(profile, $"System.Threading.Tasks.TaskCompletionSource < {Here}InnerTrackedAsync"));
        Assert.Equal([0L], Waits(profile, $"System.Threading.Tasks.TaskCompletionSource < {Here}InnerTrackedAsync < {Here}MiddleTrackedAsync"));
    }

    [Fact]
    public void With_the_last_who_tracks_the_list_ends_and_holds_nothing()
    {
        var registry = TaskRegistry.Open();
        var first = TaskTracking.Start(new ThreadWaits(TargetProcess.Own, TimeProvider.System), TimeProvider.System);
        var second = TaskTracking.Start(new ThreadWaits(TargetProcess.Own, TimeProvider.System), TimeProvider.System);
        var never = new TaskCompletionSource();
        Task waiting = InnerTrackedAsync(never.Task);
        SpinWait.SpinUntil(() => registry.Copy().Contains(waiting), TimeSpan.FromMinutes(2));

        Assert.Contains(waiting, registry.Copy());
        first.Dispose();
        first.Dispose();
        Assert.True(registry.IsOn);
        Assert.Contains(waiting, registry.Copy());
        second.Dispose();
        Assert.False(registry.IsOn);
        Assert.DoesNotContain(waiting, registry.Copy());
    }

    [Fact]
    public void Tasks_that_nobody_awaits_are_not_held()
    {
        using var tracking = TaskTracking.Start(new ThreadWaits(TargetProcess.Own, TimeProvider.System), TimeProvider.System);
        Task delay = Task.Delay(TimeSpan.FromHours(1));
        var awaited = new TaskCompletionSource();
        Task waiting = AwaitsAsync();
        Assert.Contains(delay, tracking.Registry.Copy());

        tracking.Clean();

        Task[] left = tracking.Registry.Copy();
        Assert.DoesNotContain(delay, left);
        Assert.Contains(awaited.Task, left);
        Assert.Contains(waiting, left);
        awaited.SetResult();

        async Task AwaitsAsync() => await awaited.Task;
    }

    [Fact]
    public async Task Tracked_no_more_it_needs_the_agent_again()
    {
        await using var profiles = new RuntimeProfiles("no agent");
        profiles.StartTracking();
        profiles.StopTracking();

        await Assert.ThrowsAsync<ProfileUnavailableException>(() => profiles.GoroutineAsync());
    }

    /// <summary>When it has ended, each of the calls has gone on once and waits: without a context around it they go on within SetResult.</summary>
    private static Task BeginAsync(Action calls) => Task.Run(() =>
    {
        var begun = new TaskCompletionSource();
        s_begun = begun.Task;
        calls();
        begun.SetResult();
    });

    private static async Task OuterTrackedAsync(Task answer) => await MiddleTrackedAsync(answer);

    private static async Task<int> MiddleTrackedAsync(Task answer)
    {
        await InnerTrackedAsync(answer);
        return 1;
    }

    private static async Task InnerTrackedAsync(Task answer)
    {
        await s_begun;
        await answer;
    }

    private static async Task AllTrackedAsync(Task answer) => await Task.WhenAll(InnerTrackedAsync(answer), InnerTrackedAsync(answer));

    private static async Task QueuedTrackedAsync(SemaphoreSlim gate) => await gate.WaitAsync();

    private static async Task SleepsTrackedAsync() => await Task.Delay(TimeSpan.FromHours(1));

    private static async Task ReadTrackedAsync(ChannelReader<int> reader)
    {
        await foreach (int _ in reader.ReadAllAsync())
        {
        }
    }

    private static long[] Waits(Profile profile, string stack)
    {
        var waits = new List<long>();
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            if (string.Join(" < ", Stacks.Functions(profile, sample)) == stack)
                waits.Add(sample.Labels.ToArray().FirstOrDefault(label => label.IsNumber).Number);
        }

        return [.. waits];
    }
}
