using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plumb.Cli.Demo;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>The program of lab/csharp, built with these tests: a service with one of many defects.</summary>
internal static class DotNetLab
{
    private static readonly Lazy<IReadOnlyList<DotNetDefect>> s_defects = new(Read);

    // Of the 16 snapshots of 15 s. With fewer, the machine had no time for the measurement.
    private const int FewestSnapshots = 9;

    /// <summary>Where <c>./dev test</c> builds the agent.</summary>
    public static string Agent { get; } = Path.Combine(Repository.Checkout.Root, ".plumb", "agent", "libplumb-agent.so");

    /// <summary>What the program says there is.</summary>
    public static IReadOnlyList<DotNetDefect> Defects => s_defects.Value;

    public static string Sources => Path.Combine(Repository.Checkout.Root, "lab", "csharp");

    private static LabProgram Program => new(PlumbRun.Host)
    {
        Arguments = [Path.Combine(Sources, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "shop.dll")],
        Environment = new Dictionary<string, string> { ["PLUMB_AGENT"] = Agent },
    };

    /// <summary>Starts a variant and lets <c>plumb leaks</c> look at it under load; once more when the machine was too busy to measure.</summary>
    /// <param name="variant"><c>leak</c>, <c>fixed</c> or <c>healthy</c>.</param>
    public static async Task<DotNetRun> LookAtAsync(string variant, string name, string peer = "")
    {
        DotNetRun run = await LookOnceAsync(variant, name, peer);
        return run.Answer.Snapshots >= FewestSnapshots ? run : await LookOnceAsync(variant, name, peer);
    }

    /// <summary>A defect and its mended twin, both at once.</summary>
    public static async Task<(DotNetRun Leak, DotNetRun Mended)> LookAtTwinsAsync(string name, string peer)
    {
        DotNetRun[] runs = await Task.WhenAll(LookAtAsync("leak", name, peer), LookAtAsync("fixed", name, peer));
        return (runs[0], runs[1]);
    }

    /// <summary>The lines of a defect's file that say so, from 1.</summary>
    public static IReadOnlyList<int> LeakingLines(DotNetDefect defect) =>
    [
        .. File.ReadLines(Path.Combine(Sources, "Defects", defect.File))
            .Select((text, i) => (Text: text, Number: i + 1))
            .Where(line => line.Text.Contains(LabManifest.Marker, StringComparison.Ordinal))
            .Select(line => line.Number),
    ];

    private static async Task<DotNetRun> LookOnceAsync(string variant, string name, string peer)
    {
        DotNetDefect defect = Defects.Single(d => d.Name == name);
        await using LabService service = await LabService.StartAsync(Program, [$"--{variant}", name, .. peer.Length > 0 ? ["--peer", peer] : Array.Empty<string>()], CancellationToken.None);
        PlumbRun plumb = await PlumbRun.StartAsync(
            "leaks", service.Url.AbsoluteUri, "--load", new Uri(service.Url, "buy").AbsoluteUri, "--rate", defect.Rate.ToString(CultureInfo.InvariantCulture), "--for", "15s", "--every", "1s", "--timeout", "30s", "--json");
        Assert.True(plumb.Output.Length > 0, $"{name}: there is an answer\n{plumb.Command}\nexit code {plumb.ExitCode}\n{plumb.Talk}\n--- the service said:\n{service.Log}");
        return new DotNetRun(defect, plumb, LeaksAnswer.Parse(plumb.Output), service.Log);
    }

    private static List<DotNetDefect> Read()
    {
        using Process list = Process.Start(new ProcessStartInfo(PlumbRun.Host, [.. Program.Arguments, "--list"]) { RedirectStandardOutput = true })!;
        return JsonSerializer.Deserialize<List<DotNetDefect>>(list.StandardOutput.ReadToEnd(), JsonSerializerOptions.Web)!;
    }
}
