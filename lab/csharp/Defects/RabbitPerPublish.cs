using RabbitMQ.Client;

namespace Shop.Defects;

/// <summary>Connects to RabbitMQ for every message that it publishes.</summary>
internal sealed class RabbitPerPublish : IDefect
{
    private static IConnection? s_shared;

    public string Name => "rabbit";

    public string Pattern => "dotnet-rabbitmq-connection-per-publish";

    public string Function => "Shop.Defects.RabbitPerPublish.ConnectAsync";

    public string Needs => "rabbitmq";

    public int Rate => 5;

    public void Map(WebApplication app, bool leaks, string peer) => app.MapGet("/buy", async () =>
    {
        IConnection connection = leaks ? await ConnectAsync(peer) : s_shared ??= await ConnectAsync(peer);
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("", "orders", new byte[100]);
        return "published";
    });

    private static async Task<IConnection> ConnectAsync(string peer) =>
        await new ConnectionFactory { Uri = new Uri(peer) }.CreateConnectionAsync(); // leak: nobody closes it
}
