using System.Diagnostics;
using System.Globalization;
using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;
using Plumb.Profiles;
using Plumb.Profiles.Proto;

namespace Plumb.EndToEnd.Tests.Processes;

// A real service without endpoints, looked at from outside by the built command.
public sealed class ProcessTests
{
    private const string Leaking = "Shop.Defects.StaticDictionary.Remember";

    // Bounds only what would hang.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [AgentFact]
    public async Task A_leak_is_named_in_a_process_that_serves_no_profiles_and_nothing_is_left_in_it()
    {
        await using BareShop shop = await BareShop.StartAsync();

        PlumbRun leaks = await RunAsync("leaks", "--pid", shop.Pid, "--for", "12s", "--load", new Uri(shop.Url, "/buy").ToString(), "--rate", "150", "--json");

        Assert.True(leaks.ExitCode == 1, $"{leaks.Output}\n{leaks.Talk}");
        Assert.Equal(Leaking, Assert.Single(LeaksAnswer.Parse(leaks.Output).Findings, finding => finding.Verdict == "leak").Function);
        Assert.Empty(shop.LeftBehind);
        Assert.Equal("", shop.Children);
    }

    [AgentFact]
    public async Task Every_profile_is_taken_from_outside_again_and_again_and_nothing_is_left_behind()
    {
        await using BareShop shop = await BareShop.StartAsync();
        shop.Open();

        Profile heap = await CollectAsync(shop, "heap", "--for", "4s", "--gc");
        (int descriptors, int threads) = (shop.Descriptors, shop.Threads);
        Profile goroutine = await CollectAsync(shop, "goroutine");
        Profile cpu = await CollectAsync(shop, "cpu", "--for", "2s");
        Profile types = await CollectAsync(shop, "types", "--gc");
        Profile handles = await CollectAsync(shop, "handles");

        Assert.True(Has(heap, Leaking));
        Assert.True(Has(goroutine, "System.Net.Sockets.Socket"));
        Assert.True(Has(types, "System.Byte[]"));
        Assert.NotEqual(0, cpu.Samples.Count);
        Assert.True(Has(handles, $"tcp in at port {shop.Url.Port}"));
        Assert.Empty(shop.LeftBehind);
        Assert.Equal("", shop.Children);
        Assert.InRange(shop.Threads, 0, threads);
        // The service opens and closes files of its own.
        Assert.InRange(shop.Descriptors, 0, descriptors + 4);
    }

    [AgentFact]
    public async Task Attached_the_process_is_served_to_every_tool_until_Ctrl_C_and_an_end_by_force_leaves_nothing_either()
    {
        await using BareShop shop = await BareShop.StartAsync();
        shop.Open();
        using (Process attach = Attach(shop, out string address))
        {
            using var client = new HttpClient();
            Profile heap = ProfileDecoder.Decode(await client.GetByteArrayAsync(new Uri($"{address}heap?seconds=3")));
            Assert.True(Has(heap, Leaking));
            Assert.StartsWith("goroutine profile: total ", await client.GetStringAsync(new Uri($"{address}goroutine?debug=1")), StringComparison.Ordinal);
            Assert.Contains("--pprof", await client.GetStringAsync(new Uri($"{address}cmdline")), StringComparison.Ordinal);
            Assert.Contains("process_resident_memory_bytes", await client.GetStringAsync(new Uri($"{address}stats")), StringComparison.Ordinal);
            await SignalAsync(attach.Id, "INT");
            await attach.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, attach.ExitCode);
        }

        using (Process attach = Attach(shop, out _))
            attach.Kill();
        await UntilAsync(() => !shop.HasAgent, "the agent leaves when whoever attached it was killed");

        // An agent that was still there would have samples from before.
        PlumbRun again = await RunAsync("collect", "--pid", shop.Pid, "heap", "--for", "1s", "-o", "-");
        Assert.Contains("allocations are seen from now on", again.Talk, StringComparison.Ordinal);
        Assert.Empty(shop.LeftBehind);

        using (Process attach = Attach(shop, out _))
        {
            shop.Kill();
            Assert.Contains($"process {shop.Pid} has ended", await attach.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
            await attach.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, attach.ExitCode);
        }
    }

    [AgentFact]
    public async Task Started_with_what_attach_env_prints_the_samples_reach_back_to_the_start_and_the_agent_stays()
    {
        await using BareShop shop = await BareShop.StartAsync(await VariablesAsync());
        await BuyAsync(shop, 500);

        Profile first = await CollectAsync(shop, "heap", "--gc");
        PlumbRun again = await RunAsync("collect", "--pid", shop.Pid, "heap", "-o", "-");

        Assert.True(Has(first, Leaking));
        Assert.Equal(0, again.ExitCode);
        Assert.DoesNotContain("from now on", again.Talk, StringComparison.Ordinal);
    }

    // Both as the owner of a service would have it: the other one is the runtime's main profiler.
    [DotNetTheory("agent")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_profiler_of_another_maker_is_no_obstacle_and_goes_on_when_the_agent_has_gone(bool startsWithAgent)
    {
        using OtherProfiler other = await OtherProfiler.BuildAsync();
        await using BareShop shop = await BareShop.StartAsync([.. other.Variables, .. startsWithAgent ? await VariablesAsync() : []]);
        if (startsWithAgent)
            await BuyAsync(shop, 500);
        shop.Open();

        Profile heap = await CollectAsync(shop, "heap", "--for", "3s", "--gc");
        Profile goroutine = await CollectAsync(shop, "goroutine");
        int collections = other.Collections;
        Profile types = await CollectAsync(shop, "types", "--gc");

        Assert.True(other.HasBegun);
        Assert.InRange(other.Compilations, 1, int.MaxValue);
        Assert.InRange(collections, 1, int.MaxValue);
        Assert.InRange(other.Collections, collections + 1, int.MaxValue);
        Assert.True(Has(heap, Leaking));
        Assert.True(Has(goroutine, "System.Net.Sockets.Socket"));
        Assert.True(Has(types, "System.Byte[]"));
        Assert.DoesNotContain(types.Header.Comments, comment => comment.Contains("the native agent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_agent_the_heap_is_told_by_type_and_what_is_not_there_says_why()
    {
        await using BareShop shop = await BareShop.StartAsync();
        shop.Open();
        Environment.SetEnvironmentVariable("PLUMB_AGENT", "/no/such/agent.so");

        PlumbRun heap = await PlumbRun.StartAsync("collect", "--pid", shop.Pid, "heap", "--gc", "--text", "-o", "-");
        PlumbRun goroutine = await PlumbRun.StartAsync("collect", "--pid", shop.Pid, "goroutine", "-o", "-");

        Assert.True(heap.ExitCode == 0, heap.Talk);
        Assert.Contains("System.Byte[]", heap.Output, StringComparison.Ordinal);
        Assert.Contains("by type, not by stack, because the native agent", heap.Output, StringComparison.Ordinal);
        Assert.Equal(2, goroutine.ExitCode);
        Assert.Contains("no goroutine: the native agent", goroutine.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_cannot_be_looked_at_is_told_why()
    {
        using Process sleeping = Process.Start("sleep", "60");
        await using BareShop closed = await BareShop.StartAsync(("DOTNET_EnableDiagnostics", "0"));
        try
        {
            await RefusesAsync("is not a .NET process", sleeping.Id.ToString(CultureInfo.InvariantCulture));
            await RefusesAsync("there is no process 4194305", "4194305");
            await RefusesAsync("DOTNET_EnableDiagnostics=0", closed.Pid);
        }
        finally
        {
            sleeping.Kill();
        }
    }

    [AgentFact]
    public async Task A_process_that_ends_meanwhile_is_an_error_that_says_so()
    {
        await using BareShop shop = await BareShop.StartAsync();
        Task<PlumbRun> collecting = RunAsync("collect", "--pid", shop.Pid, "cpu", "--for", "60s", "-o", "-");
        await UntilAsync(() => shop.HasAgent, "the process is looked at");

        shop.Kill();

        PlumbRun ended = await collecting;
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains($"process {shop.Pid} has ended", ended.Talk, StringComparison.Ordinal);
    }

    /// <summary>What a process is started with so that the agent is there from the start.</summary>
    private static async Task<(string Name, string Value)[]> VariablesAsync()
    {
        PlumbRun printed = await RunAsync("attach", "--env");
        return [.. printed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line["export ".Length..].Split('=', 2)).Select(parts => (parts[0], parts[1].Trim('\'')))];
    }

    private static async Task BuyAsync(BareShop shop, int times)
    {
        using var client = new HttpClient();
        for (int i = 0; i < times; i++)
            _ = await client.GetStringAsync(new Uri(shop.Url, "/buy"));
    }

    private static async Task<Profile> CollectAsync(BareShop shop, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "profile.pb.gz");
        PlumbRun run = await RunAsync(["collect", "--pid", shop.Pid, "-o", file, .. arguments]);
        Assert.True(run.ExitCode == 0, run.Talk);
        await ShowAsync(file);
        return ProfileDecoder.Decode(await File.ReadAllBytesAsync(file));
    }

    /// <summary>The reference reads it too, where it is installed.</summary>
    private static async Task ShowAsync(string file)
    {
        if (LabParts.ReasonToSkip(["go"]) is not null)
            return;
        await LabParts.EnsureAsync(["go"]);
        using Process pprof = Process.Start(new ProcessStartInfo("go", ["tool", "pprof", "-top", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = await pprof.StandardOutput.ReadToEndAsync();
        await pprof.WaitForExitAsync();
        Assert.Contains("flat%", output, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> holds, string promise)
    {
        long start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, promise);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private static bool Has(Profile profile, string function)
    {
        for (int i = 0; i < profile.Functions.Count; i++)
        {
            if (profile.Strings[profile.Functions.Rows[i].Name].Contains(function, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static async Task RefusesAsync(string reason, string pid)
    {
        PlumbRun run = await RunAsync("collect", "--pid", pid, "cpu", "--for", "1s", "-o", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Talk, StringComparison.Ordinal);
    }

    private static Task<PlumbRun> RunAsync(params string[] arguments)
    {
        Environment.SetEnvironmentVariable("PLUMB_AGENT", AgentFactAttribute.AgentPath);
        return PlumbRun.StartAsync(arguments);
    }

    private static Process Attach(BareShop shop, out string address)
    {
        Environment.SetEnvironmentVariable("PLUMB_AGENT", AgentFactAttribute.AgentPath);
        Process attach = Process.Start(new ProcessStartInfo(PlumbRun.Host, [PlumbRun.Program, "attach", shop.Pid, "--port", "0"]) { RedirectStandardError = true })!;
        string line = attach.StandardError.ReadLine()!;
        address = line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal));
        return attach;
    }

    private static async Task SignalAsync(int pid, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
