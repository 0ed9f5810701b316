using System.Text;

namespace Plumb.Cli.Pprof.Shell.Editing;

/// <summary>The terminal that the process was started in.</summary>
internal sealed class SystemTerminal : ITerminal, IDisposable
{
    // The runtime switches the cursor and number keys to what it understands, and leaves them so.
    private const string NormalKeys = "\e[?1l\e>";
    private const int PatienceWithNothing = 3;

    private readonly Stream _output;
    private int _nothings;

    private SystemTerminal(Stream output) => _output = output;

    public int Width => Console.WindowWidth;

    public bool HasKey => Console.KeyAvailable;

    /// <returns>Null where lines cannot be edited: input or output is no terminal, or one that knows no cursor.</returns>
    public static SystemTerminal? Open(Stream output, Func<string, string?> environment)
    {
        bool isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        return isTerminal && (OperatingSystem.IsWindows() || environment("TERM") is not (null or "" or "dumb")) ? new SystemTerminal(output) : null;
    }

    public IDisposable TakeKeys() => new Keys();

    public ConsoleKeyInfo? ReadKey()
    {
        try
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            // A terminal that was closed gives nothing, again and again.
            _nothings = key == default ? _nothings + 1 : 0;
            return _nothings == PatienceWithNothing ? null : key;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            return null;
        }
    }

    public void Write(string text)
    {
        _output.Write(Encoding.UTF8.GetBytes(text));
        _output.Flush();
    }

    public void Dispose() => Write(NormalKeys);

    private sealed class Keys : IDisposable
    {
        public Keys() => Console.TreatControlCAsInput = true;

        public void Dispose() => Console.TreatControlCAsInput = false;
    }
}
