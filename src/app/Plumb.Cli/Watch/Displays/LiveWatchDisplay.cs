using System.Text;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Cli.Watch.Charts;
using Plumb.Collectors.Watching;
using Plumb.Profiles;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli.Watch.Displays;

/// <summary>Charts over the whole terminal, on its second screen: what was there before is there again afterwards.</summary>
internal sealed class LiveWatchDisplay : IWatchDisplay
{
    // Second screen, no cursor, no line breaks of the terminal's own.
    private const string Enter = "\u001b[?1049h\u001b[?25l\u001b[?7l";
    private const string Leave = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    // A frame appears at once in terminals that know the first sequence; others ignore it.
    private const string BeginFrame = "\u001b[?2026h\u001b[H";
    private const string EndLine = "\u001b[K";
    private const string EndFrame = "\u001b[J\u001b[?2026l";
    private static readonly TimeSpan s_redraw = TimeSpan.FromMilliseconds(250);

    private readonly TextWriter _out;
    private readonly WatchOptions _options;
    private readonly Action _capture;
    private readonly Action _quit;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly CancellationTokenSource _end = new();
    private Task _drawing = Task.CompletedTask;
    private bool _isEntered;

    /// <param name="output">The terminal.</param>
    /// <param name="options">How it is watched.</param>
    /// <param name="capture">What the key c does.</param>
    /// <param name="quit">What the key q does.</param>
    public LiveWatchDisplay(TextWriter output, WatchOptions options, Action capture, Action quit)
    {
        _out = output;
        _options = options;
        _capture = capture;
        _quit = quit;
    }

    public void Start(WatchState state, WatchOptions options)
    {
        // A second Ctrl-C ends the program on the spot, and the terminal is to be usable then too.
        ExitCleanup.Add(this, () => Write(Leave));
        Write(Enter);
        _isEntered = true;
        _drawing = Task.Run(() => DrawAsync(state));
    }

    public void Show(WatchSample sample)
    {
    }

    public void Tell(WatchEvent happened)
    {
    }

    public void Dispose()
    {
        _end.Cancel();
        // A display that failed must not cost the report, but nor is it to fail in silence.
        Exception? failed = _drawing.ContinueWith(static drawing => drawing.Exception?.InnerException, TaskScheduler.Default).GetAwaiter().GetResult();
        if (_isEntered)
        {
            _isEntered = false;
            Write(Leave);
            ExitCleanup.Remove(this);
            Console.Error.Write(failed is null ? "" : $"plumb watch: the charts failed, please report it: {TerminalText.Escape(failed.ToString())}\n");
        }
    }

    private async Task DrawAsync(WatchState state)
    {
        using var timer = new PeriodicTimer(s_redraw, _time);
        try
        {
            do
            {
                ReadKeys();
                Write(FrameText(new WatchFrame(state.View(), _time.GetUtcNow(), Console.WindowWidth, Console.WindowHeight), _options));
            }
            while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            // Without charts there is nothing to watch.
            _quit();
        }
    }

    private void ReadKeys()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            switch (Console.ReadKey(intercept: true).Key)
            {
                case ConsoleKey.C:
                    _capture();
                    break;
                case ConsoleKey.Q:
                    _quit();
                    break;
            }
        }
    }

    /// <summary>A frame with the escape sequences that the terminal understands.</summary>
    internal static string FrameText(WatchFrame frame, WatchOptions options)
    {
        var text = new StringWriter();
        bool coloured = Screen.HasColors(options.NoColor);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = AnsiSupport.Yes,
            ColorSystem = coloured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        // Every line is as wide as it is to be: Spectre must not break it at a width of its own.
        console.Profile.Width = int.MaxValue / 2;
        var whole = new StringBuilder(BeginFrame);
        IReadOnlyList<List<Segment>> lines = frame.Render();
        for (int i = 0; i < lines.Count; i++)
        {
            text.GetStringBuilder().Clear();
            console.Write(new Drawn(lines[i]));
            whole.Append(text.GetStringBuilder()).Append(EndLine).Append(i < lines.Count - 1 ? "\r\n" : "");
        }

        return whole.Append(EndFrame).ToString();
    }

    private void Write(string text)
    {
        _out.Write(text);
        _out.Flush();
    }

    private sealed class Drawn(IReadOnlyList<Segment> line) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => line;
    }
}
