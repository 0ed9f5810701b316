using System.Runtime.CompilerServices;
using Plumb.Profiles;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.Runtime.Tests.Cpu;

// The agent samples the process of the tests itself. What is compared is shares and sums of CPU time, and a profile lasts until the process has
// taken so much of it: a busy machine does not change that.
[Collection("copies of the process")]
public sealed class TimerCaptureTests
{
    private const int CpuValue = 1;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);
    private static double s_sum;

    [AgentFact]
    public async Task Cpu_time_is_shared_among_methods_as_they_took_it_and_is_all_that_was_taken()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path, new CpuTime());
        using var over = new CancellationTokenSource();
        Thread worker = Start(() =>
        {
            while (!over.IsCancellationRequested)
            {
                Sixty();
                Thirty();
                Ten();
            }
        });
        await profiles.StartAsync();

        TimeSpan before = Environment.CpuUsage.TotalTime;
        Profile cpu = await profiles.CpuAsync(Duration);
        double taken = (Environment.CpuUsage.TotalTime - before).TotalNanoseconds;
        over.Cancel();
        worker.Join();

        double all = Stacks.Cum(cpu, nameof(Sixty), CpuValue) + Stacks.Cum(cpu, nameof(Thirty), CpuValue) + Stacks.Cum(cpu, nameof(Ten), CpuValue);
        Assert.Contains(cpu.Header.Comments, comment => comment.Contains(" samples by timers", StringComparison.Ordinal));
        Assert.InRange(all, 1e9, 1.05 * taken);
        Assert.InRange(Stacks.Cum(cpu, nameof(Sixty), CpuValue) / all, 0.5, 0.7);
        Assert.InRange(Stacks.Cum(cpu, nameof(Thirty), CpuValue) / all, 0.2, 0.4);
        Assert.InRange(Stacks.Cum(cpu, nameof(Ten), CpuValue) / all, 0.04, 0.17);
        Assert.InRange(Stacks.Total(cpu, CpuValue) / taken, 0.6, 1.05);
    }

    [AgentFact]
    public async Task A_method_without_a_frame_stands_below_the_one_that_called_it()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path, new CpuTime());
        using var over = new CancellationTokenSource();
        Thread worker = Start(() => CallsLeaf(over.Token));
        await profiles.StartAsync();

        Profile cpu = await profiles.CpuAsync(Duration);
        over.Cancel();
        worker.Join();

        long leaf = 0;
        long called = 0;
        for (int i = 0; i < cpu.Samples.Count; i++)
        {
            Sample sample = cpu.Sample(i);
            List<string> functions = Stacks.Functions(cpu, sample);
            int at = functions.FindIndex(name => name.EndsWith($".{nameof(Leaf)}", StringComparison.Ordinal));
            leaf += at >= 0 ? sample.Values[CpuValue] : 0;
            called += at >= 0 && functions.Count > at + 1 && functions[at + 1].EndsWith(nameof(CallsLeaf), StringComparison.Ordinal) ? sample.Values[CpuValue] : 0;
        }

        Assert.True(leaf >= 1e9, $"{leaf} ns of three seconds");
        Assert.InRange((double)called / leaf, 0.97, 1);
    }

    [AgentFact]
    public async Task Exceptions_collections_threads_and_goroutines_go_on_under_it()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path);
        await profiles.StartAsync();
        using var over = new CancellationTokenSource();
        Thread[] workers = [Start(() => Throw(over.Token)), Start(() => Allocate(over.Token)), Start(() => StartThreads(over.Token))];

        for (int i = 0; i < 3; i++)
        {
            Task<Profile> cpu = profiles.CpuAsync(TimeSpan.FromSeconds(1));
            Assert.NotEqual(0, (await profiles.GoroutineAsync()).Samples.Count);
            Assert.NotEqual(0, (await cpu).Samples.Count);
        }

        over.Cancel();
        foreach (Thread worker in workers)
            worker.Join();
    }

    [AgentFact]
    public async Task Two_at_once_are_both_answered_the_second_without_timers()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path);
        await profiles.StartAsync();
        var open = new OpenEnd();
        await using var other = new RuntimeProfiles(AgentFile.Path, open);

        Task<Profile> first = other.CpuAsync(Duration);
        await Task.WhenAny(first, open.Begun);
        Profile second = await profiles.CpuAsync(TimeSpan.FromMilliseconds(200));
        open.End();

        Assert.Contains(second.Header.Comments, comment => comment.EndsWith("another CPU profile is under way", StringComparison.Ordinal));
        Assert.Contains((await first).Header.Comments, comment => comment.Contains(" samples by timers", StringComparison.Ordinal));
        Assert.Contains((await profiles.CpuAsync(TimeSpan.FromMilliseconds(200))).Header.Comments, comment => comment.Contains(" samples by timers", StringComparison.Ordinal));
    }

    [AgentFact]
    public async Task One_that_is_called_off_makes_room_for_the_next()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path);
        await profiles.StartAsync();
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => profiles.CpuAsync(TimeSpan.FromMinutes(2), gone.Token));

        Assert.Contains((await profiles.CpuAsync(TimeSpan.FromMilliseconds(200))).Header.Comments, comment => comment.Contains(" samples by timers", StringComparison.Ordinal));
    }

    private static Thread Start(ThreadStart body)
    {
        var thread = new Thread(body) { IsBackground = true };
        thread.Start();
        return thread;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Sixty() => Work(600_000);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Thirty() => Work(300_000);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Ten() => Work(100_000);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Work(int rounds)
    {
        for (int i = 0; i < rounds; i++)
            s_sum += i * 0.5;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CallsLeaf(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
            s_sum += Leaf(s_sum);
    }

    // Optimized, it needs no frame.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Leaf(double value)
    {
        for (int i = 0; i < 200_000; i++)
            value += i * 0.5;
        return value;
    }

    private static void Throw(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                string? nothing = over.IsCancellationRequested ? "" : null;
                s_sum += nothing!.Length;
            }
            catch (NullReferenceException)
            {
                s_sum++;
            }
        }
    }

    private static void Allocate(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
            GC.KeepAlive(new byte[20_000]);
    }

    private static void StartThreads(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
            Start(() => Work(10_000)).Join();
    }
}
