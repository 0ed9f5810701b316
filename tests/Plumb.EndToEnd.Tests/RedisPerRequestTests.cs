using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class RedisPerRequestTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [LabFact("redis-per-request", "leak")]
    public async Task Names_the_line_that_opens_a_client_per_request() =>
        (await LabRun.LookAtAsync("redis-per-request", "leak", redis)).NamesTheLine();

    [LabFact("redis-per-request", "fixed")]
    public async Task Is_silent_when_one_client_is_shared() =>
        (await LabRun.LookAtAsync("redis-per-request", "fixed", redis)).StaysSilent("none");
}
