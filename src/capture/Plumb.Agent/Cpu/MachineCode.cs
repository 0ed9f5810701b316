using System.Runtime.InteropServices;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Cpu;

/// <summary>
/// What the instructions say about a stack (x64). Code is read by way of the system, because it may have been given up meanwhile:
/// reading it directly would be the end of the process.
/// </summary>
internal static unsafe class MachineCode
{
    private const byte PushFrame = 0x55;
    private const byte Return = 0xC3;
    private const byte WidePrefix = 0x48;
    private const int PrologBytes = 48;
    private const int LongestCall = 7;

    /// <summary>Whether, at this instruction, the frame pointer is that of the method. Before its prolog, in its last instruction and in methods without a frame it is the caller's.</summary>
    public static bool HasFrame(ulong start, ulong instruction)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return true;
        byte* code = stackalloc byte[PrologBytes];
        byte now;
        if (!LibC.TryRead(start, code, PrologBytes) || !LibC.TryRead(instruction, &now, 1))
            return true;
        return now != Return && code[0] == PushFrame && FrameIsSetAfter(code) is > 0 and var after && instruction >= start + (ulong)after;
    }

    /// <summary>Whether the instruction before is a call.</summary>
    public static bool IsReturnAddress(ulong address)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return true;
        byte* code = stackalloc byte[LongestCall];
        if (!LibC.TryRead(address - LongestCall, code, LongestCall))
            return false;
        byte* end = code + LongestCall;
        // call rel32; call by register or memory: FF /2 with none, one or four bytes of displacement, perhaps one of scale.
        return end[-5] == 0xE8 || IsIndirect(end - 2) || IsIndirect(end - 3) || IsIndirect(end - 4) || IsIndirect(end - 6) || IsIndirect(end - 7);
    }

    private static bool IsIndirect(byte* code) => code[0] == 0xFF && ((code[1] >> 3) & 7) == 2;

    /// <summary>The offset behind the instruction that sets the frame pointer: mov rbp, rsp or lea rbp, [rsp+n]; 0 for none.</summary>
    private static int FrameIsSetAfter(byte* code)
    {
        for (int i = 1; i + 8 <= PrologBytes; i++)
        {
            if (code[i] != WidePrefix)
                continue;
            if ((code[i + 1] == 0x8B && code[i + 2] == 0xEC) || (code[i + 1] == 0x89 && code[i + 2] == 0xE5))
                return i + 3;
            if (code[i + 1] == 0x8D && code[i + 2] == 0x6C && code[i + 3] == 0x24)
                return i + 5;
            if (code[i + 1] == 0x8D && code[i + 2] == 0xAC && code[i + 3] == 0x24)
                return i + 8;
        }

        return 0;
    }
}
