using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class ChannelTimeoutTests
{
    [LabFact("channel-timeout", "leak")]
    public async Task Names_the_send_that_nobody_receives() =>
        (await LabRun.LookAtAsync("channel-timeout", "leak")).NamesTheLine();

    [LabFact("channel-timeout", "fixed")]
    public async Task Is_silent_when_the_channel_has_room() =>
        (await LabRun.LookAtAsync("channel-timeout", "fixed")).StaysSilent("none");
}
