namespace Plumb.Leaks.Stacks;

/// <summary>Finds out what a goroutine waits for, from the words of a dump or from the runtime's frames in a profile.</summary>
internal static class WaitStates
{
    /// <summary>From the brackets of <c>goroutine?debug=2</c>; the words differ between versions (runtime/runtime2.go, waitReasonStrings).</summary>
    public static WaitState FromDump(string state)
    {
        var words = state.EndsWith(" (leaked)", StringComparison.Ordinal) ? state[..^" (leaked)".Length] : state;
        return words switch
        {
            // Neither waits: a profile, which has no words, cannot tell them from a stack of unknown state.
            "running" or "runnable" or "copystack" or "preempted" => WaitState.Unknown,
            "chan receive" or "chan receive (nil chan)" or "chan receive (synctest)" => WaitState.ChanReceive,
            "chan send" or "chan send (nil chan)" or "chan send (synctest)" => WaitState.ChanSend,
            "select" or "select (synctest)" => WaitState.Select,
            "select (no cases)" => WaitState.SelectForever,
            "IO wait" => WaitState.IoWait,
            "sleep" => WaitState.Sleep,
            "syscall" => WaitState.Syscall,
            "semacquire" => WaitState.Semaphore,
            "await" => WaitState.Await,
            "sync.Mutex.Lock" or "sync.RWMutex.RLock" or "sync.RWMutex.Lock" => WaitState.Mutex,
            "sync.WaitGroup.Wait" or "sync.WaitGroup.Wait (synctest)" => WaitState.WaitGroup,
            "sync.Cond.Wait" or "sync.Cond.Wait (synctest)" => WaitState.Cond,
            _ => WaitState.Unknown,
        };
    }

    /// <summary>Whether no healthy goroutine waits like this for long. To receive, in a select, for a condition or for the network is what
    /// idle workers do.</summary>
    public static bool IsStuck(WaitState state) =>
        state is WaitState.ChanSend or WaitState.Mutex or WaitState.Semaphore or WaitState.SelectForever or WaitState.WaitGroup;

    public static bool IsRuntime(string function) => function.StartsWith("runtime.", StringComparison.Ordinal);

    /// <summary>Frames that only carry a wait: the class is known by a frame further from the leaf.</summary>
    public static bool IsPlumbing(string function) =>
        IsRuntime(function)
        || function.StartsWith("internal/runtime/", StringComparison.Ordinal)
        || function is "sync.runtime_Semacquire" or "sync.runtime_SemacquireMutex" or "internal/sync.runtime_SemacquireMutex"
        || function.StartsWith("internal/sync.(*Mutex).", StringComparison.Ordinal);

    /// <summary>The class of wait that a frame means; null when it means none.</summary>
    public static WaitState? OfFunction(string function) => function switch
    {
        "runtime.chanrecv1" or "runtime.chanrecv2" => WaitState.ChanReceive,
        "runtime.chansend1" => WaitState.ChanSend,
        "runtime.selectgo" => WaitState.Select,
        "runtime.block" => WaitState.SelectForever,
        "runtime.netpollblock" or "internal/poll.runtime_pollWait" => WaitState.IoWait,
        "time.Sleep" => WaitState.Sleep,
        "sync.runtime_notifyListWait" or "sync.(*Cond).Wait" => WaitState.Cond,
        "sync.(*WaitGroup).Wait" or "sync.runtime_SemacquireWaitGroup" => WaitState.WaitGroup,
        "sync.(*Mutex).lockSlow" or "sync.(*Mutex).Lock" or "sync.(*RWMutex).Lock" or "sync.(*RWMutex).RLock"
            or "internal/sync.(*Mutex).lockSlow" or "sync.runtime_SemacquireRWMutex" or "sync.runtime_SemacquireRWMutexR" => WaitState.Mutex,
        "syscall.Syscall" or "syscall.Syscall6" or "syscall.RawSyscall" or "runtime.cgocall" => WaitState.Syscall,
        _ => null,
    };
}
