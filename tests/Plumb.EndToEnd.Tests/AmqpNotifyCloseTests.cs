using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

[Collection(RabbitMqCollection.Name)]
public sealed class AmqpNotifyCloseTests(RabbitMqFixture rabbitMq)
{
    [LabFact("amqp-notifyclose", "leak")]
    public async Task Names_the_line_that_registers_a_listener_per_message() =>
        (await LabRun.LookAtAsync("amqp-notifyclose", "leak", rabbitMq)).NamesTheLine();

    [LabFact("amqp-notifyclose", "fixed")]
    public async Task Is_silent_with_one_listener() =>
        (await LabRun.LookAtAsync("amqp-notifyclose", "fixed", rabbitMq)).StaysSilent("none");
}
