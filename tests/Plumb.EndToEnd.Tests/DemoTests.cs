using System.Globalization;
using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // The shop, and perhaps the agent, is built first.
    private static readonly TimeSpan PatienceWithBuild = TimeSpan.FromMinutes(4);

    [DotNetTheory]
    [InlineData("TERM")]
    public async Task An_interrupted_demo_leaves_nothing_behind(string signal) => await InterruptAsync(signal, ["demo"], ["dotnet"]);

    [LabTheory("go", "redis")]
    [InlineData("INT")]
    public async Task An_interrupted_demo_in_Go_leaves_nothing_behind(string signal) => await InterruptAsync(signal, ["demo", "go"], ["redis-server", "redis-per-reque"]);

    [DotNetTheory]
    [InlineData("Shop.Checkout.PayAsync")]
    public async Task The_demo_names_the_line_of_the_shop_and_finds_nothing_in_its_twin(string function)
    {
        await using ChildProcess demo = ChildProcess.Start(PlumbRun.Host, [PlumbRun.Program, "demo"]);

        int exitCode = await demo.ExitCodeAsync(CancellationToken.None).WaitAsync(PatienceWithBuild);

        Assert.True(exitCode == 0, $"exit code {exitCode}\n{demo.Log}");
        Assert.Contains($"bytes a request in {function}", demo.Log, StringComparison.Ordinal);
        Assert.Matches(@"→ +\d+ │ .*// leak:", demo.Log);
        Assert.Contains("NO LEAK", demo.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_agent_the_demo_says_so()
    {
        await using ChildProcess demo = ChildProcess.Start(PlumbRun.Host, [PlumbRun.Program, "demo"], new Dictionary<string, string> { ["PLUMB_AGENT"] = "/no/agent" });

        int exitCode = await demo.ExitCodeAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(2, exitCode);
        Assert.Contains("there is no /no/agent, which the variable PLUMB_AGENT names", demo.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_says_what_it_does_before_it_does_it()
    {
        PlumbRun help = await PlumbRun.StartAsync("demo", "--help");
        PlumbRun wrong = await PlumbRun.StartAsync("demo", "redis");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("apt-get", help.Output, StringComparison.Ordinal);
        Assert.Contains("gcc", help.Output, StringComparison.Ordinal);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("'redis' is not understood", wrong.Talk, StringComparison.Ordinal);
    }

    private static async Task InterruptAsync(string signal, string[] arguments, string[] programs)
    {
        using TemporaryFolder temporary = new();
        await using ChildProcess demo = ChildProcess.Start(
            PlumbRun.Host, [PlumbRun.Program, .. arguments], new Dictionary<string, string> { ["TMPDIR"] = temporary.Path });
        await UntilAsync(() => demo.Log.Contains("plumb leaks http", StringComparison.Ordinal), demo);
        await Task.Delay(TimeSpan.FromSeconds(2));
        List<int> started = DescendantsOf(demo.Id);
        string[] names = [.. started.Select(id => StateOf(id)?.Name).OfType<string>()];

        await using ChildProcess kill = ChildProcess.Start("kill", [$"-{signal}", demo.Id.ToString(CultureInfo.InvariantCulture)]);
        int exitCode = await demo.ExitCodeAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.All(programs, program => Assert.Contains(program, names));
        Assert.True(exitCode == 130, $"exit code {exitCode}\n{demo.Log}");
        Assert.DoesNotContain(started, IsRunning);
        Assert.Empty(Directory.EnumerateDirectories(temporary.Path, "plumb-lab-*"));
    }

    private static async Task UntilAsync(Func<bool> condition, ChildProcess demo)
    {
        using CancellationTokenSource limit = new(PatienceWithBuild);
        while (!condition())
        {
            Assert.False(demo.HasExited || limit.IsCancellationRequested, demo.Log);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private static List<int> DescendantsOf(int id)
    {
        ILookup<int, int> childrenOf = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? process : 0)
            .Where(process => process > 0)
            .ToLookup(process => StateOf(process)?.Parent ?? 0);
        List<int> descendants = [.. childrenOf[id]];
        for (int i = 0; i < descendants.Count; i++)
            descendants.AddRange(childrenOf[descendants[i]]);
        return descendants;
    }

    // A process that has ended may stay in the table until somebody asks for its exit code.
    private static bool IsRunning(int id) => StateOf(id) is { State: not ("Z" or "X") };

    private static (string Name, string State, int Parent)? StateOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')], fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
