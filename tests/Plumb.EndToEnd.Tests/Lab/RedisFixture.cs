using Plumb.Cli.Demo;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>One Redis for the tests of a class.</summary>
public sealed class RedisFixture : ILabNeed, IAsyncLifetime
{
    private RedisServer? _server;

    public string Name => "redis";

    public IReadOnlyList<string> Arguments => ["--redis", _server!.Address];

    public async Task InitializeAsync()
    {
        await LabParts.EnsureAsync(["redis"]);
        _server = await RedisServer.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
