namespace Plumb.Cli.Demo;

/// <summary>A built service with all that it needs; what was started for it ends with this.</summary>
internal interface IStage : IAsyncDisposable
{
    /// <param name="variant"><c>--leak</c> or <c>--fixed</c>.</param>
    /// <param name="cancellationToken">Ends the wait for the service.</param>
    Task<LabService> StartAsync(string variant, CancellationToken cancellationToken);
}
