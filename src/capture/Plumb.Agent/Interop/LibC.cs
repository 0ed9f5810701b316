using System.Runtime.InteropServices;
using Plumb.Agent.Contract;

namespace Plumb.Agent.Interop;

/// <summary>The few calls of the C library that managed code has no name for. None of them allocates managed memory.</summary>
internal static unsafe partial class LibC
{
    public const int ReadWrite = 3;
    public const int ReadExecute = 5;
    public const int PrivateAnonymous = 0x22;
    public const int NoReserve = 0x4000;

    [LibraryImport("libc", EntryPoint = "mmap")]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(nint address, nuint length);

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

    public static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>Entries of a directory as the system writes them.</summary>
    public static int Entries(int directory, byte* buffer, int bytes) => (int)Syscall(IsArm ? 61 : 217, directory, (nint)buffer, bytes, 0, 0);

    /// <summary>Copies memory of this process that may not be there.</summary>
    public static bool TryRead(ulong address, byte* target, int bytes)
    {
        nint* local = stackalloc nint[2] { (nint)target, bytes };
        nint* remote = stackalloc nint[2] { (nint)address, bytes };
        return Syscall(IsArm ? 270 : 310, Environment.ProcessId, (nint)local, 1, (nint)remote, 1) == bytes;
    }

    /// <summary>Gives the pages back, not the addresses: they read as zero from then on.</summary>
    public static void Discard(nint address, nuint length)
    {
        const int DontNeed = 4;
        _ = Advise(address, length, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Syscall(nint number, nint a, nint b, nint c, nint d, nint e, nint f = 0);

    [LibraryImport("libc", EntryPoint = "socketpair")]
    public static partial int SocketPair(int domain, int type, int protocol, int* sockets);

    [LibraryImport("libc", EntryPoint = "socket")]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect")]
    public static partial int Connect(int socket, void* address, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    public static partial int GetOption(int socket, int level, int option, void* value, uint* length);

    [LibraryImport("libc", EntryPoint = "sendmsg")]
    public static partial nint SendMessage(int socket, MessageHead* message, int flags);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    public static partial int Wait(int process, int* status, int options);

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

    /// <summary>What the system calls the calling thread, so that its CPU time can be told from the service's.</summary>
    public static void NameThread(ReadOnlySpan<byte> name)
    {
        const int SetName = 15;
        fixed (byte* text = name)
            _ = Control(SetName, (nint)text);
    }

    [LibraryImport("libc", EntryPoint = "alarm")]
    public static partial uint Alarm(uint seconds);
}
