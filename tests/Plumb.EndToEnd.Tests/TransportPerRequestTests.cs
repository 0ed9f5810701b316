using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class TransportPerRequestTests
{
    [LabFact("transport-per-request", "leak")]
    public async Task Names_the_line_that_makes_a_transport_per_request() =>
        (await LabRun.LookAtAsync("transport-per-request", "leak")).NamesTheLine();

    [LabFact("transport-per-request", "fixed")]
    public async Task Is_silent_when_one_transport_is_shared() =>
        (await LabRun.LookAtAsync("transport-per-request", "fixed")).StaysSilent("none");
}
