using System.Globalization;
using System.Runtime.InteropServices;

namespace Plumb.Runtime.Tests.Agent;

// Another test's CPU profile of this process would have its handler.
[Collection("copies of the process")]
public sealed partial class AgentSignalsTests
{
    private const int Signals = 64;
    private const int ActionWords = 32;

    // A handler in the agent would touch thread-local storage that is allocated at first touch: inside an interrupted malloc, for ever.
    [AgentFact]
    public async Task No_signal_of_the_process_is_handled_by_the_agent()
    {
        await using var profiles = new RuntimeProfiles(AgentFile.Path);
        await profiles.StartAsync();
        _ = await profiles.HeapAsync();
        // The CPU profile has a handler, in C and only as long as it lasts.
        _ = await profiles.CpuAsync(TimeSpan.FromMilliseconds(200));

        (ulong Start, ulong End)[] agent = [.. File.ReadLines("/proc/self/maps").Where(line => line.EndsWith("libplumb-agent.so", StringComparison.Ordinal)).Select(Range)];
        ulong[] handlers = [.. Enumerable.Range(1, Signals).Select(Handler)];

        Assert.NotEmpty(agent);
        Assert.Contains(handlers, handler => handler > 1);
        Assert.DoesNotContain(handlers, handler => agent.Any(part => handler >= part.Start && handler < part.End));
    }

    private static unsafe ulong Handler(int signal)
    {
        nuint* action = stackalloc nuint[ActionWords];
        return Action(signal, null, action) == 0 ? action[0] : 0;
    }

    private static (ulong Start, ulong End) Range(string line)
    {
        string[] ends = line[..line.IndexOf(' ', StringComparison.Ordinal)].Split('-');
        return (ulong.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), ulong.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static unsafe partial int Action(int signal, nuint* action, nuint* previous);
}
