using System.Globalization;
using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class CompareTests
{
    [LabFact("channel-timeout", "leak")]
    public async Task The_leaking_service_is_told_from_its_mended_twin_under_the_same_load()
    {
        LabManifest manifest = LabManifest.Read("channel-timeout");
        await LabParts.EnsureAsync(["go"]);
        LabProgram program = await LabPrograms.GetAsync("channel-timeout");
        await using LabService mended = await LabService.StartAsync(program, LabRun.Arguments(manifest, "fixed"), CancellationToken.None);
        await using LabService leaking = await LabService.StartAsync(program, LabRun.Arguments(manifest, "leak"), CancellationToken.None);
        string rate = (manifest.Load!.Rate / 2).ToString(CultureInfo.InvariantCulture);
        PlumbRun run = await PlumbRun.StartAsync(
            "compare", mended.Url.ToString(), leaking.Url.ToString(), "--load", manifest.Load.Route, "--rate", rate, "--for", "14s", "--every", "1s");

        Assert.True(run.ExitCode == 1, $"{run.Output}\n{run.Talk}");
        Assert.StartsWith("WORSE", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{manifest.Leak!.Function} leaks in the new one only", run.Output, StringComparison.Ordinal);
    }
}
