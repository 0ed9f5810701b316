using System.Diagnostics;
using System.IO.Compression;

namespace Plumb.Fuzz;

/// <summary>What reading one input did.</summary>
/// <param name="WasRead">It was read; otherwise it was refused.</param>
/// <param name="Fault">What must not happen and did; null when all is well.</param>
public sealed record Attempt(bool WasRead, string? Fault)
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    /// <summary>Has a target read an input, and looks at what that costs.</summary>
    /// <param name="input">Plain or gzip.</param>
    /// <param name="plainBytes">The size of the input before it was compressed.</param>
    public static Attempt Of(FuzzTarget target, byte[] input, long plainBytes)
    {
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool wasRead;
        try
        {
            wasRead = target.Read(input);
        }
#pragma warning disable CA1031 // Any exception that gets here is the find.
        catch (Exception escaped)
#pragma warning restore CA1031
        {
            return new Attempt(false, escaped.ToString());
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > target.FixedBytes + (target.BytesPerByte * plainBytes))
            return new Attempt(wasRead, $"{allocated} bytes allocated for an input of {plainBytes}");

        return new Attempt(wasRead, watch.Elapsed > MaxTime ? $"{watch.Elapsed.TotalSeconds:F1} s for an input of {plainBytes} bytes" : null);
    }

    /// <summary>The same input behind gzip.</summary>
    public static byte[] Compress(byte[] input)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(input);

        return target.ToArray();
    }
}
