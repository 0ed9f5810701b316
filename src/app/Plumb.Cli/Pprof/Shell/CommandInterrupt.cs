namespace Plumb.Cli.Pprof.Shell;

/// <summary>Lets Ctrl-C end the command that is running, each command anew.</summary>
internal sealed class CommandInterrupt : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IDisposable _interrupts;
    private CancellationTokenSource _current = new();

    public CommandInterrupt(PprofHost host) => _interrupts = host.OnInterrupt(Cancel);

    /// <summary>The token of the next command.</summary>
    public CancellationToken Begin()
    {
        lock (_gate)
        {
            // One that was cancelled, perhaps while nothing ran, is used up.
            if (!_current.TryReset())
            {
                _current.Dispose();
                _current = new CancellationTokenSource();
            }

            return _current.Token;
        }
    }

    public void Dispose()
    {
        _interrupts.Dispose();
        _current.Dispose();
    }

    private void Cancel()
    {
        lock (_gate)
            _current.Cancel();
    }
}
