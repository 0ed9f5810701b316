namespace Plumb.Web.Serving;

/// <summary>
/// Answers that are being made: whoever asks for the same one meanwhile waits for it, and it is given up when nobody waits any more.
/// Safe for concurrent use.
/// </summary>
internal sealed class SharedAnswers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Work> _underWay = new(StringComparer.Ordinal);

    /// <param name="make">Started for the first who asks.</param>
    /// <exception cref="OperationCanceledException">The token says so; others go on waiting.</exception>
    public async Task<Answer> GetAsync(string key, Func<CancellationToken, Task<Answer>> make, CancellationToken cancellation)
    {
        Work work = Join(key, make);
        try
        {
            return await work.Answer.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, work);
        }
    }

    private Work Join(string key, Func<CancellationToken, Task<Answer>> make)
    {
        lock (_lock)
        {
            if (!_underWay.TryGetValue(key, out Work? work))
                _underWay.Add(key, work = new Work(make));

            work.Waiting++;
            return work;
        }
    }

    // Whoever asks after the last one has left begins anew: by then the answer is kept, or nobody wanted it.
    private void Leave(string key, Work work)
    {
        lock (_lock)
        {
            if (--work.Waiting > 0)
                return;

            _underWay.Remove(key);
        }

        work.Dispose();
    }

    private sealed class Work : IDisposable
    {
        private readonly CancellationTokenSource _cancellation = new();

        public Work(Func<CancellationToken, Task<Answer>> make) => Answer = Task.Run(() => make(_cancellation.Token));

        public Task<Answer> Answer { get; }

        public int Waiting { get; set; }

        /// <summary>Nobody waits any more.</summary>
        public void Dispose()
        {
            _cancellation.Cancel();

            // What goes wrong now is nobody's concern; the source is in use until then.
            _ = Answer.ContinueWith(
                static (answer, source) =>
                {
                    _ = answer.Exception;
                    ((CancellationTokenSource)source!).Dispose();
                },
                _cancellation,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
