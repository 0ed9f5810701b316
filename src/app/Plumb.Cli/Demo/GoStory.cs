namespace Plumb.Cli.Demo;

/// <summary>A service in Go that makes a Redis client for every request.</summary>
internal sealed class GoStory : IStory
{
    private const string Service = "redis-per-request";

    private static readonly string[] Parts = ["go", "redis"];

    public string Leak => "A user profile service. For every profile that it loads it opens a Redis client, and closes none.";

    public string Mended => "The same service, mended: it shares one client.";

    public string Route => "users/42";

    public string Sources => Path.Combine("lab", "go", Service);

    public async Task<IStage> PrepareAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        await LabInstaller.EnsureAsync(checkout, "Go, two Go libraries and Redis", Parts, cancellationToken).ConfigureAwait(false);
        DemoRun.Say($"Building lab/go/{Service}, and starting it with a Redis of its own …");
        LabProgram program = await LabProgram.BuildAsync(checkout, Service, cancellationToken).ConfigureAwait(false);
        return new Stage(program, await RedisServer.StartAsync(cancellationToken).ConfigureAwait(false));
    }

    private sealed class Stage(LabProgram program, RedisServer redis) : IStage
    {
        public Task<LabService> StartAsync(string variant, CancellationToken cancellationToken) =>
            LabService.StartAsync(program, [variant, "--redis", redis.Address], cancellationToken);

        public ValueTask DisposeAsync() => redis.DisposeAsync();
    }
}
