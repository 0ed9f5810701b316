using System.Runtime.InteropServices;

namespace Plumb.Cli.Pprof;

/// <summary>
/// The standard output. The runtime's own stream swallows the error when a reader such as <c>head</c> has gone, so that gigabytes would be
/// computed for nobody; this one throws <see cref="BrokenPipeException"/>.
/// </summary>
internal sealed class StandardOutput : Stream
{
    private const int FileDescriptor = 1;
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Stream Open() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardOutput();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = WriteNative(FileDescriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else if (Marshal.GetLastPInvokeError() is int error && error == BrokenPipe)
                throw new BrokenPipeException();
            else if (error != Interrupted)
                throw new IOException($"cannot write to the standard output: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint WriteNative(int fd, ref byte buffer, nint count);
}
