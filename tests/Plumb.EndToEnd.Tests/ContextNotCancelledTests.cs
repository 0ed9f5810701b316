using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class ContextNotCancelledTests
{
    [LabFact("context-not-cancelled", "leak")]
    public async Task Names_the_line_that_makes_the_context() =>
        (await LabRun.LookAtAsync("context-not-cancelled", "leak")).NamesTheLine();

    [LabFact("context-not-cancelled", "fixed")]
    public async Task Is_silent_when_contexts_are_cancelled() =>
        (await LabRun.LookAtAsync("context-not-cancelled", "fixed")).StaysSilent("none");
}
