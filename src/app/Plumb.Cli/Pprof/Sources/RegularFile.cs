using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>
/// Opens files whose names come from a profile. A device, a pipe or a file of the kernel is not opened: reading one can wait for ever, never
/// end, or do something.
/// </summary>
internal static class RegularFile
{
    private static readonly string[] SpecialFolders = ["/dev/", "/proc/", "/sys/"];

    /// <returns>Null when there is no such regular file.</returns>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public static FileStream? TryOpen(string path)
    {
        if (!File.Exists(path))
            return null;

        string target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        if (!File.Exists(target) || Array.Exists(SpecialFolders, folder => target.StartsWith(folder, StringComparison.Ordinal)))
            return null;

        // Pipes, sockets and terminals cannot be sought in.
        var file = new FileStream(Open(target), FileAccess.Read);
        if (file.CanSeek)
            return file;

        file.Dispose();
        return null;
    }

    // Opening a pipe waits for its other end, unless it is asked not to.
    private static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.OpenHandle(path);

        const int ReadOnly = 0, NonBlocking = 0x800, CloseOnExec = 0x80000;
        int fd = OpenNative(path, ReadOnly | NonBlocking | CloseOnExec);
        return fd >= 0
            ? new SafeFileHandle(fd, ownsHandle: true)
            : throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenNative([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
