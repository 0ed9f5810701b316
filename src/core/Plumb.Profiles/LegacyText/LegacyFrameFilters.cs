namespace Plumb.Profiles.LegacyText;

/// <summary>
/// Which frames to leave out of the profiles of older collectors: they recorded their own machinery (allocator, lock, signal handler) at
/// the leaf of each stack. The names are those that the reference drops for the same sample types. As everywhere in profile.proto the
/// expressions are matched against the whole name.
/// </summary>
internal static class LegacyFrameFilters
{
    private static readonly string Allocation = string.Join('|',
        // C and POSIX.
        "[cm]alloc", "c?free", "realloc", "p?valloc", "(do_)?memalign", "(__)?posix_memalign", "__libc_malloc",
        // tcmalloc.
        @"tcmalloc::.*",
        "tc_[cm]alloc", "tc_c?free", "tc_realloc", "tc_p?valloc", "tc_(posix_)?memalign", "tc_(new|newarray)(_nothrow)?", "tc_(delete|deletearray)",
        // macOS.
        "malloc_zone_([cmv]alloc|realloc|memalign|free)",
        // C++ and allocators built upon these.
        @"operator new(\[\])?", "__builtin_(vec_)?(new|delete)", "__gnu_cxx::new_allocator::allocate", "__malloc_alloc_template::allocate",
        "simple_alloc::allocate", "allocate", "_M_allocate", "cpp_alloc", @"BaseArena::.*", "(::)?do_malloc(_no_errno|_pages)?", "DoSampledAllocation",
        "MallocedMemBlock::MallocedMemBlock",
        // Go: the runtime at the leaf allocates on someone's behalf.
        @"runtime\..*");

    // Runtime functions that call into user code, which is then what allocates.
    private const string AllocationKept = @"runtime\.(panic|reflectcall|call[0-9]*)";

    private static readonly string Contention = string.Join('|',
        @"(base::)?(RecordLock|SubmitMutex|SubmitSpinLock)ProfileData.*",
        @"((base::)?Mutex::)?(AwaitCommon|Unlock|UnlockSlow|ReaderUnlock).*",
        @"((base::)?MutexLock::)?~MutexLock.*",
        @"(SpinLock::)?(Unlock|SlowUnlock).*",
        @"(SpinLockHolder::)?~SpinLockHolder.*");

    private const string SignalHandler = "ProfileData::Add|(ProfileData|CpuProfiler)::prof_handler|__pthread_sighandler|__restore";

    public static ProfileHeader WithFrameFilters(this ProfileHeader header) => header.SampleTypes switch
    {
        [{ Type: "objects" }, { Type: "space" }]
            or [{ Type: "inuse_objects" }, { Type: "inuse_space" }]
            or [{ Type: "alloc_objects" }, { Type: "alloc_space" }, { Type: "inuse_objects" }, { Type: "inuse_space" }] =>
            header with { DropFrames = Allocation, KeepFrames = AllocationKept },
        [{ Type: "contentions" }, { Type: "delay" }] => header with { DropFrames = Contention },
        _ => header with { DropFrames = SignalHandler },
    };
}
