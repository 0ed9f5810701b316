using System.Globalization;
using Plumb.Runtime.Goroutines;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Tests.Goroutines;

public sealed class ThreadWaitsTests
{
    [Fact]
    public void A_thread_waits_since_the_first_look_after_which_it_did_not_run()
    {
        var time = new ManualTime();
        var waits = new ThreadWaits(TargetProcess.Own, time);
        using var first = new ManualResetEventSlim();
        using var second = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            Thread.CurrentThread.Name = "plumb-waits";
            first.Wait();
            first.Reset();
            second.Wait();
        })
        { IsBackground = true };
        thread.Start();
        int number = Number("plumb-waits");
        Settle(thread);

        Assert.Null(waits.Of(number));
        waits.Look();
        time.Advance(TimeSpan.FromMinutes(3));
        waits.Look();
        Assert.Equal(TimeSpan.FromMinutes(3), waits.Of(number));

        first.Set();
        SpinWait.SpinUntil(() => !first.IsSet);
        Settle(thread);
        waits.Look();
        Assert.Equal(TimeSpan.Zero, waits.Of(number));
        var seen = new ThreadStates(TargetProcess.Own, waits).Find(number);
        Assert.Equal("plumb-waits", seen!.Name);

        second.Set();
        thread.Join();
        while (Directory.Exists($"/proc/self/task/{number}"))
            Thread.Sleep(1);
        waits.Look();
        Assert.Null(waits.Of(number));
    }

    // Waiting threads spin for a moment before they sleep.
    private static void Settle(Thread thread)
    {
        SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin));
        Thread.Sleep(100);
    }

    private static int Number(string name)
    {
        for (; ; Thread.Sleep(1))
        {
            foreach (string folder in Directory.GetDirectories("/proc/self/task"))
            {
                if (File.Exists($"{folder}/comm") && File.ReadAllText($"{folder}/comm").Trim() == name)
                    return int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
            }
        }
    }
}
