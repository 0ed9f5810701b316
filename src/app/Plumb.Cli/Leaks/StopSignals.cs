namespace Plumb.Cli.Leaks;

/// <summary>What Ctrl-C means, one after the other: each signal ends the stage that is going on, and one that finds none ends the program.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<CancellationTokenSource> _stages = [];

    /// <summary>Cancelled by the next signal. A command of one stage asks once.</summary>
    public CancellationToken Next()
    {
        lock (_lock)
        {
            var stage = new CancellationTokenSource();
            _stages.Add(stage);
            return stage.Token;
        }
    }

    /// <summary>Whether there was a stage that could be ended.</summary>
    public bool Signal()
    {
        CancellationTokenSource? stage;
        lock (_lock)
        {
            stage = _stages.Count > 0 && !_stages[^1].IsCancellationRequested ? _stages[^1] : null;
        }

        // Not in the handler's own thread: what listens to the token may take its time.
        _ = stage?.CancelAsync();
        return stage is not null;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _stages.ForEach(stage => stage.Dispose());
        }
    }
}
