using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

[Collection(RabbitMqCollection.Name)]
public sealed class DotNetConsumerTests(RabbitMqFixture rabbitMq)
{
    [DotNetTheory("rabbitmq")]
    [InlineData("rabbit-backlog")]
    public async Task A_consumer_that_takes_more_than_it_handles_is_named_and_its_mended_twin_is_not_accused(string name)
    {
        (DotNetRun leak, DotNetRun mended) = await DotNetLab.LookAtTwinsAsync(name, rabbitMq.Arguments[1]);

        leak.NamesTheLine();
        mended.StaysSilent();
    }
}
