using System.Diagnostics;
using Plumb.Profiles;
using Plumb.Runtime.Tests.Agent;

namespace Plumb.Runtime.Tests.Goroutines;

// Another process, because the runtime must be started for it.
public sealed class RuntimeAsyncTests
{
    private const string There = "Plumb.RuntimeAsync.Program.";

    // At first the code is as it was written; after many calls it is compiled again, and what resumes it has been compiled as well.
    [AgentTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(150)]
    public async Task Methods_that_the_runtime_itself_stops_are_chains_with_their_names_and_lines(int callsBefore)
    {
        using Process process = Start(callsBefore);
        try
        {
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
            await using RuntimeProfiles profiles = RuntimeProfiles.OfProcess(process.Id, AgentFile.Path);

            Profile profile = await profiles.GoroutineAsync();
            string[] rows = Rows(profile);

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
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static Process Start(int callsBefore)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var info = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(Checkout(), $"tests/Plumb.RuntimeAsync/bin/{configuration}/net10.0/Plumb.RuntimeAsync.dll"), $"{callsBefore}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        info.Environment["DOTNET_RuntimeAsync"] = "1";
        return Process.Start(info)!;
    }

    private static string[] Rows(Profile profile)
    {
        var rows = new List<string>();
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            rows.Add($"{sample.Values[0]} {profile.Strings[sample.Labels[0].Text]}: {string.Join(" < ", Stacks.Functions(profile, sample))}");
        }

        return [.. rows];
    }

    private static long Line(string mark) =>
        Array.FindIndex(File.ReadAllLines(Path.Combine(Checkout(), "tests/Plumb.RuntimeAsync/Program.cs")), line => line.EndsWith(mark, StringComparison.Ordinal)) + 1;

    private static string Checkout()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Plumb.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
