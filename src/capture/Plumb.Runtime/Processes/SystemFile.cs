using System.Text;

namespace Plumb.Runtime.Processes;

/// <summary>
/// Text of the system about processes, in <c>/proc</c> and <c>/sys</c>. A process may end while it is read about and may not let itself be
/// read about at all: that is an answer, not a fault. What a process can make as long as it likes is read up to a bound.
/// </summary>
internal static class SystemFile
{
    private const int UsualBytes = 1 << 20;
    private const int UsualLines = 100_000;
    private const int PieceBytes = 4096;

    /// <returns>Null where there is none to be read.</returns>
    public static string? Text(string path, int maxBytes = UsualBytes) => Try(path, () =>
    {
        // These files have no length before they are read.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        byte[] text = new byte[PieceBytes];
        int filled = 0;
        for (int read; (read = file.Read(text, filled, Math.Min(text.Length, maxBytes) - filled)) > 0;)
        {
            filled += read;
            if (filled == text.Length && filled < maxBytes)
                Array.Resize(ref text, filled * 2);
        }

        return Encoding.UTF8.GetString(text, 0, filled);
    });

    /// <returns>None where there is none to be read.</returns>
    public static string[] Lines(string path, int maxLines = UsualLines) => Try(path, () => File.ReadLines(path).Take(maxLines).ToArray()) ?? [];

    private static T? Try<T>(string path, Func<T> read)
        where T : class
    {
        try
        {
            // Some are asked for where they may not be: an exception would show among those of the service that is looked at.
            return File.Exists(path) ? read() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
