using Plumb.Profiles;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.Runtime.Tests.Goroutines;

// Another process, because the runtime must be started for it.
public sealed class RuntimeAsyncTests
{
    private const string There = "Plumb.Target.Program.";

    // At first the code is as it was written; after many calls it is compiled again, and what resumes it has been compiled as well.
    [AgentTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(150)]
    public async Task Methods_that_the_runtime_itself_stops_are_chains_with_their_names_and_lines(int callsBefore)
    {
        await using OtherProcess process = await OtherProcess.StartAsync(callsBefore);
        await using RuntimeProfiles profiles = RuntimeProfiles.OfProcess(process.Id, AgentFile.Path);

        Profile profile = await profiles.GoroutineAsync();
        string[] rows = Stacks.Rows(profile);

        Assert.Contains($"100 await: System.Threading.Tasks.TaskCompletionSource < {There}InnerAsync < {There}MiddleAsync < {There}OuterAsync", rows);
        Assert.Contains($"1 await: System.Threading.Tasks.TaskCompletionSource < {There}InnerAsync < {There}MiddleAsync < {There}GenericAsync", rows);
        Assert.Contains($"1 await: System.Threading.Tasks.TaskCompletionSource < {There}InnerAsync < {There}MiddleAsync < {There}OuterAsync < {There}ValueAsync", rows);
        Assert.Contains($"1 sleep: System.Threading.Tasks.Task.Delay < {There}SleepsAsync", rows);
        Assert.Contains(rows, row => row.EndsWith($"{There}ReadsAsync", StringComparison.Ordinal));
        Assert.Equal([Line("// InnerLine")], Stacks.Lines(profile, "InnerAsync"));
        Assert.Equal([Line("// MiddleLine")], Stacks.Lines(profile, "MiddleAsync"));
        Assert.Equal([Line("// OuterLine")], Stacks.Lines(profile, "OuterAsync"));
        Assert.Contains(profile.Header.Comments, comment => comment.EndsWith(" calls of methods that the runtime itself stops and resumes are among them", StringComparison.Ordinal));
    }

    private static long Line(string mark) =>
        Array.FindIndex(File.ReadAllLines(OtherProcess.SourceFile), line => line.EndsWith(mark, StringComparison.Ordinal)) + 1;
}
