namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>One RabbitMQ for all tests that need it: it takes seconds to start.</summary>
public sealed class RabbitMqFixture : ILabNeed, IAsyncLifetime
{
    private RabbitMqServer? _server;

    public string Name => "rabbitmq";

    public IReadOnlyList<string> Arguments => ["--amqp", _server!.Url];

    public async Task InitializeAsync()
    {
        await LabParts.EnsureAsync(["rabbitmq"]);
        _server = await RabbitMqServer.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class RabbitMqCollection : ICollectionFixture<RabbitMqFixture>
{
    public const string Name = "RabbitMQ";
}
