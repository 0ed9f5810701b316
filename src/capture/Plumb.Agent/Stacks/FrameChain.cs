using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Stacks;

/// <summary>
/// Tells stacks apart at the price of reading a few words: the return addresses along the frame pointers, folded into one key.
/// The chain leaves out methods without a frame pointer, the allocating one among them, so that two stacks can share a key;
/// <see cref="StackTable"/> looks out for that.
/// </summary>
internal static unsafe class FrameChain
{
    private const int MaxFrames = 192;
    private const int PageSize = 4096;
    private const int AttributesSize = 64;

    private static uint s_stackTopKey;
    private static delegate* unmanaged[SuppressGCTransition]<nint> s_framePointer;

    /// <summary>False on other processors than x64: every stack is then taken in full.</summary>
    public static bool IsSupported => s_framePointer != null;

    public static void Prepare()
    {
        if (IsSupported || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return;

        uint key;
        if (LibC.CreateKey(&key, 0) != 0)
            return;
        s_stackTopKey = key;

        // mov rax, rbp; ret. There is no other way to read that register from C#.
        nint page = LibC.Map(0, PageSize, LibC.ReadWrite, LibC.PrivateAnonymous, -1, 0);
        if (page == -1)
            return;
        *(uint*)page = 0xC3E8_8948;
        if (LibC.Protect(page, PageSize, LibC.ReadExecute) == 0)
            s_framePointer = (delegate* unmanaged[SuppressGCTransition]<nint>)page;
    }

    /// <summary>The key of the calling thread's stack; <paramref name="seed"/> when frame pointers cannot be followed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong Key(ulong seed)
    {
        nint top = StackTop();
        if (s_framePointer == null || top == 0)
            return seed;

        ulong key = seed;
        nint* frame = (nint*)s_framePointer();
        nint lowest = (nint)(&key);
        for (int i = 0; i < MaxFrames; i++)
        {
            // A method that keeps other things in the register breaks the chain: nothing outside this thread's stack is read.
            if ((nint)frame < lowest || (nint)(frame + 2) > top || ((nint)frame & (sizeof(nint) - 1)) != 0)
                break;
            key = HashIndex.Fold(key, (ulong)frame[1]);
            lowest = (nint)(frame + 2);
            frame = (nint*)frame[0];
        }

        return key;
    }

    /// <summary>Where the calling thread's stack ends, 0 when the system does not say. Asked once a thread.</summary>
    private static nint StackTop()
    {
        if (s_framePointer == null)
            return 0;
        nint known = LibC.GetSpecific(s_stackTopKey);
        if (known != 0)
            return known;

        byte* attributes = stackalloc byte[AttributesSize];
        if (LibC.GetAttributes(LibC.Self(), attributes) != 0)
            return 0;
        nint address = 0;
        nuint size = 0;
        nint top = LibC.GetStack(attributes, &address, &size) == 0 ? address + (nint)size : 0;
        _ = LibC.DestroyAttributes(attributes);
        _ = LibC.SetSpecific(s_stackTopKey, top);
        return top;
    }
}
