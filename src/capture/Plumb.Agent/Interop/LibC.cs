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

    [LibraryImport("libc", EntryPoint = "sched_yield")]
    [SuppressGCTransition]
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
}
