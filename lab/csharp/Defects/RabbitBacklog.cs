using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Shop.Defects;

/// <summary>Takes orders from RabbitMQ faster than it can pack them: what the broker would keep waits in its own memory.</summary>
internal sealed class RabbitBacklog : IDefect
{
    private const ushort Most = 50;
    private static readonly SemaphoreSlim s_publishing = new(1);

    public string Name => "rabbit-backlog";

    public string Pattern => "dotnet-rabbitmq-consumer-backlog";

    public string Function => "Shop.Defects.RabbitBacklog.Receive";

    public string Needs => "rabbitmq";

    public int Rate => 200;

    public void Map(WebApplication app, bool leaks, string peer)
    {
        var shop = new Lazy<Task<(IChannel Channel, string Queue)>>(() => OpenAsync(peer, leaks));
        app.MapGet("/buy", async () =>
        {
            (IChannel channel, string queue) = await shop.Value;
            await s_publishing.WaitAsync();
            try
            {
                await channel.BasicPublishAsync("", queue, new byte[4096]);
            }
            finally
            {
                s_publishing.Release();
            }

            return "ordered";
        });
    }

    private static async Task<(IChannel Channel, string Queue)> OpenAsync(string peer, bool leaks)
    {
        IConnection connection = await new ConnectionFactory { Uri = new Uri(peer) }.CreateConnectionAsync();
        IChannel publishing = await connection.CreateChannelAsync();
        IChannel consuming = await connection.CreateChannelAsync();
        string queue = (await consuming.QueueDeclareAsync()).QueueName;
        Channel<(ulong Tag, byte[] Order)> orders = Channel.CreateUnbounded<(ulong Tag, byte[] Order)>();
        if (!leaks)
            await consuming.BasicQosAsync(0, Most, global: false);
        var consumer = new AsyncEventingBasicConsumer(consuming);
        consumer.ReceivedAsync += (_, delivery) => Receive(delivery, orders.Writer);
        await consuming.BasicConsumeAsync(queue, autoAck: leaks, consumer);
        _ = PackAsync(orders.Reader, consuming, isToldEach: !leaks);
        return (publishing, queue);
    }

    // The body is the client's again when this ends, so it is copied.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task Receive(BasicDeliverEventArgs delivery, ChannelWriter<(ulong Tag, byte[] Order)> orders)
    {
        byte[] order = delivery.Body.ToArray(); // leak: the broker took it for done with when it sent it, and sends the next
        orders.TryWrite((delivery.DeliveryTag, order)); // leak: without a bound there is always room
        return Task.CompletedTask;
    }

    private static async Task PackAsync(ChannelReader<(ulong Tag, byte[] Order)> orders, IChannel channel, bool isToldEach)
    {
        await foreach ((ulong tag, _) in orders.ReadAllAsync())
        {
            await Task.Delay(50);
            if (isToldEach)
                await channel.BasicAckAsync(tag, multiple: false);
        }
    }
}
