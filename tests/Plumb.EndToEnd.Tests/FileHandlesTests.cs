using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class FileHandlesTests
{
    [LabFact("file-handles", "leak")]
    public async Task Names_the_line_that_opens_files_for_good() =>
        (await LabRun.LookAtAsync("file-handles", "leak")).NamesTheLine();

    [LabFact("file-handles", "fixed")]
    public async Task Is_silent_when_files_are_closed() =>
        (await LabRun.LookAtAsync("file-handles", "fixed")).StaysSilent("none");
}
