using Plumb.Leaks.Snapshots;
using Plumb.Leaks.Stacks;
using Plumb.Leaks.Suspects;

namespace Plumb.Leaks.Diagnoses;

/// <summary>What to say of a defect that no pattern knows: as much as the wait state or the resource tells.</summary>
internal sealed record GenericCause(string Title, string Cause, string Remedy)
{
    public static GenericCause Of(Suspect suspect)
    {
        var goroutine = suspect.Goroutines.MaxBy(s => s.Growth.Growth);
        if (suspect.Lead is { } lead && lead.Frames[0].IsDotNet) return OfDotNet(lead);
        if (goroutine is not null) return OfGoroutine(goroutine);
        if (suspect.Heap.Any())
            return new(
                "Live memory grows",
                "What is allocated here is still reachable: something keeps a reference, such as a map, a slice, a cache or a closure.",
                "Find who keeps it (a package variable, a field of something long-lived) and remove entries when they are done with, or bound them.");
        return OfFigure(suspect.Figures[0]);
    }

    private static GenericCause OfDotNet(Site site) => site switch
    {
        { IsGoroutine: false } => new(
            "Live memory grows",
            "What is allocated here is still reachable: a static field, a collection, an event handler or a closure keeps it.",
            "Find who keeps it, and remove, unsubscribe or dispose it when it is done with, or bound it."),
        { State: WaitState.Sleep } => new(
            "Async methods wait for time to pass",
            "More and more calls wait in Task.Delay or for a timer: they are started faster than they end.",
            "Pass a CancellationToken to the delay and cancel it when nobody waits for the call any more; do not start a loop for each call."),
        { State: WaitState.IoWait } => new(
            "Async methods wait for the network",
            "More and more calls wait to read from or write to a connection: it is not closed, and nothing ends the wait.",
            "Dispose the connection on every path, and pass a CancellationToken with a timeout."),
        _ => new(
            "Calls pile up",
            "More async methods or threads are started here than end.",
            "Pass a CancellationToken to what they await, complete it on every path, and await with a timeout."),
    };

    private static GenericCause OfGoroutine(Site site) => site.State switch
    {
        WaitState.IoWait => new(
            "Goroutines wait for the network",
            "More and more goroutines wait to read from or write to a connection: it is not closed, and no deadline ends the wait.",
            "Close the connection on every path, and set a deadline (SetReadDeadline, Client.Timeout, a context)."),
        WaitState.Sleep => new(
            "Goroutines sleep",
            "More and more goroutines sleep: they are started faster than they end.",
            "End the loop with ctx.Done() or a done channel in a select with time.After, and do not start one for each call."),
        WaitState.Syscall => new(
            "Goroutines are inside a system call or C",
            "More and more goroutines are inside a call that does not return; each holds a thread.",
            "Bound how many enter it at once, and give it a timeout."),
        WaitState.Semaphore => new(
            "Goroutines wait for a lock or a WaitGroup",
            "More and more goroutines wait for something that is not released.",
            "Release it on every path, with defer."),
        _ => new(
            "Goroutines pile up",
            "More goroutines are started here than end.",
            "Make sure that each goroutine ends with the work it was started for: pass a context and return when it is done."),
    };

    private static GenericCause OfFigure(ProcessFigure figure) => figure.Resource switch
    {
        ResourceNames.ResidentMemory => new(
            "Resident memory grows",
            "Resident memory rises, but no goroutine or heap stack explains it: native memory, fragmentation, or a heap that was not in the profiles.",
            "Take heap profiles with the series; if the heap is flat, look with a native profiler."),
        ResourceNames.Thread => new(
            "Threads grow",
            "Threads rise, but no stack explains it: goroutines in system calls or C each hold one.",
            "Look for runtime.LockOSThread and for blocking cgo calls without a bound."),
        _ => new(
            figure.Name == MetricNames.Sockets ? "Open sockets grow" : "Open descriptors grow",
            "Descriptors are opened and not closed.",
            "Close them on every path: defer Close() right after the error check."),
    };
}
