using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class TickerNotStoppedTests
{
    [LabFact("ticker-not-stopped", "leak")]
    public async Task Names_the_line_that_starts_tickers() =>
        (await LabRun.LookAtAsync("ticker-not-stopped", "leak")).NamesTheLine();

    [LabFact("ticker-not-stopped", "fixed")]
    public async Task Is_silent_when_tickers_are_stopped() =>
        (await LabRun.LookAtAsync("ticker-not-stopped", "fixed")).StaysSilent("none");
}
