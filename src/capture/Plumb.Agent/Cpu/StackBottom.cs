using Plumb.Agent.Interop;

namespace Plumb.Agent.Cpu;

/// <summary>Where the stack begins that the system made for the first thread.</summary>
internal static unsafe class StackBottom
{
    private const int BufferBytes = 2048;
    private const int Field = 28;

    /// <summary>0 when the system does not say: the first thread's stack is then not followed.</summary>
    public static ulong OfMainThread()
    {
        byte* buffer = stackalloc byte[BufferBytes];
        int file;
        fixed (byte* path = "/proc/self/stat\0"u8)
            file = LibC.Open(path, 0);
        if (file < 0)
            return 0;
        nint length = LibC.Read(file, buffer, BufferBytes);
        _ = LibC.Close(file);

        // The second field is a name in brackets that may hold anything.
        ReadOnlySpan<byte> stat = new(buffer, (int)Math.Max(0, length));
        ReadOnlySpan<byte> rest = stat[(stat.LastIndexOf((byte)')') + 1)..];
        int field = 2;
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == ' ' && ++field == Field)
                return Number(rest[(i + 1)..]);
        }

        return 0;
    }

    private static ulong Number(ReadOnlySpan<byte> text)
    {
        ulong number = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                break;
            number = (number * 10) + (ulong)(digit - '0');
        }

        return number;
    }
}
