using System.Runtime.CompilerServices;
using Plumb.Agent.Interop;

namespace Plumb.Agent.Cpu;

/// <summary>The system's numbers of the threads of this process, read without allocating.</summary>
internal static unsafe class ThreadList
{
    private const int BufferBytes = 16 * 1024;
    private const int DirectoryFlag = 0x1_0000;
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    /// <returns>How many there are room for.</returns>
    public static int Read(Span<int> threads)
    {
        int directory;
        fixed (byte* path = "/proc/self/task\0"u8)
            directory = LibC.Open(path, LibC.IsArm ? DirectoryFlag >> 2 : DirectoryFlag);
        if (directory < 0)
            return 0;

        byte* buffer = stackalloc byte[BufferBytes];
        int count = 0;
        for (int read; (read = LibC.Entries(directory, buffer, BufferBytes)) > 0;)
        {
            // struct linux_dirent64: u64 number, i64 offset, u16 length, u8 type, name
            for (int at = 0; at + NameOffset < read; at += Unsafe.ReadUnaligned<ushort>(buffer + at + LengthOffset))
            {
                if (Number(buffer + at + NameOffset) is > 0 and var thread && count < threads.Length)
                    threads[count++] = thread;
            }
        }

        _ = LibC.Close(directory);
        return count;
    }

    private static int Number(byte* text)
    {
        int number = 0;
        for (; *text is >= (byte)'0' and <= (byte)'9'; text++)
            number = (number * 10) + (*text - '0');
        return number;
    }
}
