namespace Plumb.Cli;

/// <summary>
/// What has to be tidied up even when the program ends without unwinding: a second Ctrl-C exits on the spot, and a test runner
/// may be told to stop. The last that was added is tidied first.
/// </summary>
internal static class ExitCleanup
{
    private static readonly Lock Gate = new();
    private static readonly List<(object Owner, Action Action)> Pending = [];

    static ExitCleanup() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RunAll();

    public static void Add(object owner, Action action)
    {
        lock (Gate)
            Pending.Add((owner, action));
    }

    public static void Remove(object owner)
    {
        lock (Gate)
            Pending.RemoveAll(entry => ReferenceEquals(entry.Owner, owner));
    }

    private static void RunAll()
    {
        (object Owner, Action Action)[] entries;
        lock (Gate)
            entries = [.. Pending];
        foreach ((_, Action action) in entries.Reverse())
            action();
    }
}
