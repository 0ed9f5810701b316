using System.Runtime.InteropServices;

namespace Plumb.Agent.Interop;

/// <summary>The few calls of the C library that managed code has no name for. None of them allocates managed memory.</summary>
internal static unsafe partial class LibC
{
    public const int ReadWrite = 3;
    public const int ReadExecute = 5;
    public const int PrivateAnonymous = 0x22;

    [LibraryImport("libc", EntryPoint = "mmap")]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    public static partial int Protect(nint address, nuint length, int protection);

    // The transition lets a collection of the agent's own objects pass while somebody waits.
    [LibraryImport("libc", EntryPoint = "sched_yield")]
    public static partial int Yield();

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    [SuppressGCTransition]
    public static partial nint Self();

    [LibraryImport("libc", EntryPoint = "pthread_key_create")]
    public static partial int CreateKey(uint* key, nint destructor);

    [LibraryImport("libc", EntryPoint = "pthread_getspecific")]
    [SuppressGCTransition]
    public static partial nint GetSpecific(uint key);

    [LibraryImport("libc", EntryPoint = "pthread_setspecific")]
    [SuppressGCTransition]
    public static partial int SetSpecific(uint key, nint value);

    [LibraryImport("libc", EntryPoint = "pthread_getattr_np")]
    public static partial int GetAttributes(nint thread, byte* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_attr_getstack")]
    public static partial int GetStack(byte* attributes, nint* address, nuint* size);

    [LibraryImport("libc", EntryPoint = "pthread_attr_destroy")]
    public static partial int DestroyAttributes(byte* attributes);

    /// <summary>A copy of this process with the calling thread alone, whose end is told to nobody; none of the hooks of fork run.</summary>
    /// <returns>The process id, 0 in the copy, negative when there is none.</returns>
    public static int Fork() => (int)Syscall(IsArm ? 220 : 56, 0, 0, 0, 0, 0);

    public static void Exit() => _ = Syscall(IsArm ? 94 : 231, 0, 0, 0, 0, 0);

    public static int CloseRange(uint first, uint last) => (int)Syscall(436, (nint)first, (nint)last, 0, 0, 0);

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Syscall(nint number, nint a, nint b, nint c, nint d, nint e);

    [LibraryImport("libc", EntryPoint = "socketpair")]
    public static partial int SocketPair(int domain, int type, int protocol, int* sockets);

    [LibraryImport("libc", EntryPoint = "pipe2")]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "open")]
    public static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int descriptor, void* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int descriptor, void* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "send")]
    public static partial nint Send(int socket, void* bytes, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int Control(int option, nint value);

    [LibraryImport("libc", EntryPoint = "alarm")]
    public static partial uint Alarm(uint seconds);
}
