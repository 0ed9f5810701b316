using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class HttpBodyTests
{
    [LabFact("http-body", "leak")]
    public async Task Names_the_line_whose_answer_is_never_closed() =>
        (await LabRun.LookAtAsync("http-body", "leak")).NamesTheLine();

    [LabFact("http-body", "fixed")]
    public async Task Is_silent_when_bodies_are_closed() =>
        (await LabRun.LookAtAsync("http-body", "fixed")).StaysSilent("none");
}
