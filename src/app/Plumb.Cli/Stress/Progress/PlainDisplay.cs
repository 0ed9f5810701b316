using System.Globalization;
using Plumb.Cli.Leaks.Progress;
using Plumb.Cli.Leaks.Rendering;
using Plumb.Collectors.Loading;
using Plumb.Collectors.Loading.Requests;

namespace Plumb.Cli.Stress.Progress;

/// <summary>A line every few seconds, without escapes: for logs.</summary>
internal sealed class PlainDisplay : IStressDisplay
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1.05);
    private const int TicksBetweenLines = 5;

    private readonly TextWriter _out;
    private readonly CancellationTokenSource _end = new();
    private Task _writing = Task.CompletedTask;

    public PlainDisplay(TextWriter output) => _out = output;

    public void Start(StressOptions options, RequestMix mix, LoadGenerator load)
    {
        _out.WriteLine($"loading {Headline.Of(mix)}");
        _writing = WriteAsync(new LoadTicker(load));
    }

    public void Dispose()
    {
        _end.Cancel();
        _writing.ContinueWith(static writing => _ = writing.Exception, TaskScheduler.Default).GetAwaiter().GetResult();
    }

    private async Task WriteAsync(LoadTicker ticker)
    {
        using var timer = new PeriodicTimer(s_tick);
        try
        {
            for (int ticks = 1; await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false); ticks++)
            {
                ticker.Tick();
                if (ticks % TicksBetweenLines == 0)
                {
                    await _out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Quantity.Duration(TimeSpan.FromSeconds(Math.Round(ticker.Total.Elapsed.TotalSeconds)))}: {Quantity.Count(ticker.Total.Ended)} requests, {ticker.RatePerSecond:0} a second, p95 {Quantity.Milliseconds(ticker.P95)}, {LoadText.Errors(ticker.Total)}"))
                        .ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
