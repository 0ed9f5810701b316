using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

[Collection(RabbitMqCollection.Name)]
public sealed class AmqpAutoAckTests(RabbitMqFixture rabbitMq)
{
    [LabFact("amqp-autoack", "leak")]
    public async Task Names_the_consumer_that_is_slower_than_the_broker() =>
        (await LabRun.LookAtAsync("amqp-autoack", "leak", rabbitMq)).NamesTheLine();

    [LabFact("amqp-autoack", "fixed")]
    public async Task Is_silent_when_mails_are_acknowledged() =>
        (await LabRun.LookAtAsync("amqp-autoack", "fixed", rabbitMq)).StaysSilent("none");
}
