using System.Globalization;
using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class VerifyTests
{
    [LabFact("channel-timeout", "leak")]
    public async Task A_mend_is_proven_by_the_load_that_showed_the_leak()
    {
        LabManifest manifest = LabManifest.Read("channel-timeout");
        await LabParts.EnsureAsync(["go"]);
        LabProgram program = await LabPrograms.GetAsync("channel-timeout");
        string folder = Directory.CreateTempSubdirectory("plumb-verify-").FullName;
        try
        {
            string report = Path.Combine(folder, "leak.json");
            string rate = manifest.Load!.Rate.ToString(CultureInfo.InvariantCulture);
            await using LabService leaking = await LabService.StartAsync(program, LabRun.Arguments(manifest, "leak"), CancellationToken.None);
            PlumbRun found = await PlumbRun.StartAsync(
                "leaks", leaking.Url.ToString(), "--load", manifest.Load.Route, "--rate", rate, "--for", "8s", "--every", "500ms", "-o", report);
            Assert.True(found.ExitCode == 1, $"{found.Output}\n{found.Talk}");

            await using LabService mended = await LabService.StartAsync(program, LabRun.Arguments(manifest, "fixed"), CancellationToken.None);
            PlumbRun run = await PlumbRun.StartAsync("verify", mended.Url.ToString(), "--against", report);
            Assert.True(run.ExitCode == 0, $"{run.Output}\n{run.Talk}");
            Assert.StartsWith("GONE", run.Output, StringComparison.Ordinal);
            Assert.Contains($"{manifest.Leak!.Function} no longer leaks", run.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
