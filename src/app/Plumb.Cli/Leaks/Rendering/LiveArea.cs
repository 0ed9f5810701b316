using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli.Leaks.Rendering;

/// <summary>A part of the terminal behind stderr that is redrawn in place and taken away at the end.</summary>
/// <param name="useColor">Where the terminal has colours.</param>
/// <param name="draw">What stands there now.</param>
internal sealed class LiveArea(bool useColor, Func<IRenderable> draw) : IDisposable
{
    private static readonly TimeSpan s_redraw = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _end = new();
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        ColorSystem = useColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });

    private Task _drawing = Task.CompletedTask;

    /// <summary>Characters to a line.</summary>
    public int Width => _console.Profile.Width;

    public void Start() => _drawing = Task.Run(DrawAsync);

    public void Dispose()
    {
        _end.Cancel();
        // Waited for, so that the report does not begin inside the display; a display that failed must not cost the report.
        _drawing.ContinueWith(static drawing => _ = drawing.Exception, TaskScheduler.Default).GetAwaiter().GetResult();
    }

    private Task DrawAsync() => _console.Live(draw()).AutoClear(true).StartAsync(async context =>
    {
        using var timer = new PeriodicTimer(s_redraw);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false))
            {
                context.UpdateTarget(draw());
            }
        }
        catch (OperationCanceledException)
        {
        }
    });
}
