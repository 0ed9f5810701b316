namespace Plumb.Cli.Demo;

/// <summary>A running service of the lab, on a loopback port that was free.</summary>
internal sealed class LabService : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ChildProcess _process;
    private readonly TemporaryFolder _folder;

    private LabService(ChildProcess process, TemporaryFolder folder, Uri url)
    {
        _process = process;
        _folder = folder;
        Url = url;
    }

    /// <summary>The service's base URL.</summary>
    public Uri Url { get; }

    public string Log => _process.Log;

    /// <param name="program">The built service.</param>
    /// <param name="arguments">The variant (<c>--leak</c>, <c>--fixed</c>) and the addresses of what the service needs.</param>
    /// <param name="cancellationToken">Ends the wait for the service, and the service.</param>
    /// <exception cref="LabException">The service did not come up.</exception>
    public static async Task<LabService> StartAsync(LabProgram program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        TemporaryFolder folder = new();
        ChildProcess process = ChildProcess.Start(
            program.Path, [.. program.Arguments, .. arguments, "--addr", "127.0.0.1:0"], new Dictionary<string, string>(program.Environment) { ["TMPDIR"] = folder.Path });
        try
        {
            string address = await process.FirstLineAsync(Patience, cancellationToken).ConfigureAwait(false);
            // The address alone, or a sentence that ends in it.
            return new LabService(process, folder, new Uri($"http://{address[(address.LastIndexOf('/') + 1)..]}/"));
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }
}
