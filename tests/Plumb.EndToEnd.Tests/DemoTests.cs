using System.Globalization;
using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [LabTheory("go", "redis")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupted_demo_leaves_nothing_behind(string signal)
    {
        using TemporaryFolder temporary = new();
        await using ChildProcess demo = ChildProcess.Start(
            PlumbRun.Host, [PlumbRun.Program, "demo"], new Dictionary<string, string> { ["TMPDIR"] = temporary.Path });
        await UntilAsync(() => demo.Log.Contains("plumb leaks http", StringComparison.Ordinal), demo);
        await Task.Delay(TimeSpan.FromSeconds(2));
        List<int> started = DescendantsOf(demo.Id);

        await using ChildProcess kill = ChildProcess.Start("kill", [$"-{signal}", demo.Id.ToString(CultureInfo.InvariantCulture)]);
        int exitCode = await demo.ExitCodeAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.True(started.Count >= 2, $"Redis and the service should have been running.\n{demo.Log}");
        Assert.True(exitCode == 130, $"exit code {exitCode}\n{demo.Log}");
        Assert.DoesNotContain(started, IsRunning);
        Assert.Empty(Directory.EnumerateDirectories(temporary.Path, "plumb-lab-*"));
    }

    [Fact]
    public async Task The_demo_says_what_it_does_before_it_does_it()
    {
        PlumbRun help = await PlumbRun.StartAsync("demo", "--help");
        PlumbRun wrong = await PlumbRun.StartAsync("demo", "redis");

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("apt-get", help.Output, StringComparison.Ordinal);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("'redis' is not understood", wrong.Talk, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition, ChildProcess demo)
    {
        using CancellationTokenSource limit = new(Patience);
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

    private static (string State, int Parent)? StateOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
