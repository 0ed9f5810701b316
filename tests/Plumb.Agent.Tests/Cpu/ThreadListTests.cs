using System.Globalization;
using Plumb.Agent.Cpu;

namespace Plumb.Agent.Tests.Cpu;

public sealed class ThreadListTests
{
    [Fact]
    public void Threads_are_those_that_the_system_lists()
    {
        using var over = new ManualResetEventSlim();
        Thread[] some = [.. Enumerable.Range(0, 600).Select(_ => new Thread(over.Wait, 64 * 1024) { IsBackground = true })];
        foreach (Thread thread in some)
            thread.Start();

        int[] room = new int[4096];
        int[] listed = room[..ThreadList.Read(room)];
        HashSet<int> system = [.. Directory.EnumerateDirectories("/proc/self/task").Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))];
        over.Set();

        Assert.InRange(listed.Length, some.Length, room.Length);
        Assert.Equal(listed.Length, listed.Distinct().Count());
        // Threads of the pool come and go meanwhile.
        Assert.InRange(listed.Count(system.Contains), some.Length, listed.Length);
        Assert.Equal(3, ThreadList.Read(new int[3]));
    }

    [Fact]
    public void The_first_threads_stack_begins_in_the_systems_own()
    {
        string stack = File.ReadLines("/proc/self/maps").Single(line => line.EndsWith("[stack]", StringComparison.Ordinal));
        string[] ends = stack[..stack.IndexOf(' ', StringComparison.Ordinal)].Split('-');

        Assert.InRange(StackBottom.OfMainThread(), ulong.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), ulong.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
