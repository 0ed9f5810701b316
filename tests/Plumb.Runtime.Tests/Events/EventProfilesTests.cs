using System.Diagnostics;
using System.Runtime.CompilerServices;
using Plumb.Profiles;

namespace Plumb.Runtime.Tests.Events;

// The runtime traces the process of the tests itself. Captures last until the test has done enough, and sums are compared with what it did, in bands
// that a busy machine keeps to.
public sealed class EventProfilesTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(700);
    private static readonly object Gate = new();
    private static long s_work;
    private readonly List<TimeSpan> _waits = [];

    [Fact]
    public async Task Cpu_time_stands_by_the_method_that_took_it_and_idle_threads_have_none()
    {
        await using var profiles = new RuntimeProfiles("no agent", new CpuTime());
        using var over = new CancellationTokenSource();
        using var quiet = new ManualResetEventSlim();
        Thread heavy = Start(() => Burn(over.Token));
        Thread idle = Start(() => Idle(quiet));

        TimeSpan before = Environment.CpuUsage.TotalTime;
        Profile cpu = await profiles.CpuAsync(TimeSpan.FromSeconds(1));
        TimeSpan taken = Environment.CpuUsage.TotalTime - before;
        over.Cancel();
        quiet.Set();
        heavy.Join();
        idle.Join();

        long burnt = Stacks.Cum(cpu, nameof(Burn), 1);
        Assert.Equal(["samples", "cpu"], cpu.SampleTypes.Select(t => t.Type));
        Assert.InRange(Stacks.Total(cpu, 1), burnt, (long)taken.TotalNanoseconds);
        Assert.InRange(burnt, 100_000_000, 1_500_000_000);
        Assert.InRange(Stacks.Cum(cpu, nameof(Idle), 1), 0, burnt / 20);
        Assert.Contains("Plumb.Runtime.Tests.Events.EventProfilesTests.Burn", AllFunctions(cpu));
    }

    [Fact]
    public async Task Waiting_for_a_lock_is_counted_and_timed_where_it_waits()
    {
        Profile mutex = await WhileAsync(profiles => profiles.MutexAsync(Short), () => ContendFor(TimeSpan.FromMilliseconds(40)), IsEnough);

        Assert.Equal(["contentions", "delay"], mutex.SampleTypes.Select(t => t.Type));
        long count = Stacks.Cum(mutex, nameof(EnterGate), 0);
        Assert.InRange(count, 1, 1000);
        AssertMean(Stacks.Cum(mutex, nameof(EnterGate), 1) / count);

        string[] owners = [.. Enumerable.Range(0, mutex.Samples.Count).Select(mutex.Sample)
            .Where(sample => Stacks.Functions(mutex, sample).Exists(name => name.EndsWith(nameof(EnterGate), StringComparison.Ordinal)))
            .Select(sample => mutex.Strings[sample.Labels[0].Text])];
        Assert.NotEmpty(owners);
        // The name of the thread that held it, or just "thread" once it has ended; and its number.
        Assert.All(owners, owner => Assert.Matches(@"^\S.* [1-9][0-9]*$", owner));
    }

    [Fact]
    public async Task Blocking_on_a_task_is_seen_as_the_wait_that_it_is()
    {
        Profile block = await WhileAsync(profiles => profiles.BlockAsync(Short), () => SyncOverAsync(100), IsEnough);

        AssertMean(Stacks.Cum(block, nameof(SyncOverAsync), 1) / Stacks.Cum(block, nameof(SyncOverAsync), 0));
    }

    [Fact]
    public async Task Exceptions_are_counted_by_who_throws_and_by_type_without_their_messages()
    {
        long thrown = 0;
        Profile exceptions = await WhileAsync(
            profiles => profiles.ExceptionsAsync(Short),
            () =>
            {
                ThrowAsync().Wait();
                thrown++;
            },
            () => thrown >= 100);

        Assert.InRange(Stacks.Cum(exceptions, nameof(ThrowAsync), 0), 1, thrown);
        string[] strings = [.. Enumerable.Range(0, exceptions.Strings.Count).Select(i => exceptions.Strings[new StringId(i)])];
        Assert.Contains("System.InvalidOperationException", strings);
        Assert.DoesNotContain(strings, s => s.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Threads_stand_by_who_starts_them_with_the_line()
    {
        int line = 0;
        int started = 0;
        Profile threads = await WhileAsync(
            profiles => profiles.ThreadCreationAsync(Short),
            () =>
            {
                line = StartThread();
                started++;
            },
            () => started >= 20);

        Assert.InRange(Stacks.Cum(threads, nameof(StartThread), 0), 1, int.MaxValue);
        Assert.Contains(line, Stacks.Lines(threads, nameof(StartThread)));
    }

    [Fact]
    public async Task When_nothing_happened_the_profile_says_so()
    {
        await using var profiles = new RuntimeProfiles("no agent");

        Profile mutex = await profiles.MutexAsync(TimeSpan.FromMilliseconds(50));

        Assert.Contains(mutex.Header.Comments, c => c.Contains(" waits for locks in 0.05 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_capture_that_is_called_off_ends_soon_and_leaves_no_session()
    {
        await using var profiles = new RuntimeProfiles("no agent");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => profiles.CpuAsync(TimeSpan.FromHours(2), stop.Token).WaitAsync(TimeSpan.FromMinutes(2)));

        // A thread that has done all its work is still there for a moment.
        SpinWait.SpinUntil(() => !SessionThreads().Any(), TimeSpan.FromMinutes(1));
        Assert.Empty(SessionThreads());
    }

    private static IEnumerable<string> SessionThreads() =>
        Directory.EnumerateDirectories("/proc/self/task").Select(ReadName).Where(name => name is "plumb events" or "plumb trace");

    /// <summary>Goes on with something within a capture until it is enough, and for a while: when it begins to count is the runtime's affair.</summary>
    private static async Task<Profile> WhileAsync(Func<RuntimeProfiles, Task<Profile>> begin, Action what, Func<bool> isEnough)
    {
        var end = new OpenEnd();
        await using var profiles = new RuntimeProfiles("no agent", end);
        Task<Profile> capture = begin(profiles);
        if (await Task.WhenAny(capture, end.Begun) == capture)
            return await capture;

        await Task.Run(() =>
        {
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Short || !isEnough();)
                what();
        });
        end.End();
        return await capture;
    }

    private static string ReadName(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static Thread Start(ThreadStart body)
    {
        var thread = new Thread(body) { IsBackground = true };
        thread.Start();
        return thread;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int StartThread()
    {
        Start(() => { }).Join(); return LineHere();
    }

    private static int LineHere([CallerLineNumber] int line = 0) => line;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Burn(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
            s_work = (s_work * 31) + 3;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Idle(ManualResetEventSlim until) => until.Wait();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SyncOverAsync(int milliseconds)
    {
        long start = Stopwatch.GetTimestamp();
        Task.Delay(milliseconds).Wait();
        _waits.Add(Stopwatch.GetElapsedTime(start));
    }

    private bool IsEnough() => _waits.Count >= 6;

    // On a busy machine each wait takes longer than it was to, or begins when a part of it is over: what this thread saw is what the profile is
    // to say.
    private void AssertMean(long nanoseconds) =>
        Assert.InRange(nanoseconds, (_waits.Min().TotalNanoseconds * 0.45) - 2e6, (_waits.Max().TotalNanoseconds * 1.2) + 2e6);

    private void ContendFor(TimeSpan time)
    {
        using var held = new ManualResetEventSlim();
        Thread holder = Start(() =>
        {
            lock (Gate)
            {
                held.Set();
                Thread.Sleep(time);
            }
        });
        held.Wait();
        long start = Stopwatch.GetTimestamp();
        EnterGate();
        _waits.Add(Stopwatch.GetElapsedTime(start));
        holder.Join();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EnterGate()
    {
        lock (Gate)
            s_work++;
    }

    private static async Task ThrowAsync()
    {
        await Task.Yield();
        try
        {
            throw new InvalidOperationException("a secret");
        }
        catch (InvalidOperationException)
        {
            s_work++;
        }
    }

    private static HashSet<string> AllFunctions(Profile profile) =>
        [.. Enumerable.Range(0, profile.Samples.Count).SelectMany(i => Stacks.Functions(profile, profile.Sample(i)))];
}
