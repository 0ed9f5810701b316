using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class UnboundedMapTests
{
    [LabFact("unbounded-map", "leak")]
    public async Task Names_the_line_that_fills_the_map() =>
        (await LabRun.LookAtAsync("unbounded-map", "leak")).NamesTheLine();

    [LabFact("unbounded-map", "fixed")]
    public async Task Is_silent_when_the_map_is_bounded() =>
        (await LabRun.LookAtAsync("unbounded-map", "fixed")).StaysSilent("none");
}
