using System.Globalization;
using System.Text.Json;
using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

public sealed class WatchTests
{
    [LabFact("channel-timeout", "leak")]
    public async Task A_leaking_service_is_watched_with_every_figure_and_its_evidence_names_the_line()
    {
        LabManifest manifest = LabManifest.Read("channel-timeout");
        await LabParts.EnsureAsync(["go"]);
        LabProgram program = await LabPrograms.GetAsync("channel-timeout");
        string folder = Directory.CreateTempSubdirectory("plumb-watch-").FullName;
        try
        {
            await using LabService leaking = await LabService.StartAsync(program, LabRun.Arguments(manifest, "leak"), CancellationToken.None);
            string rate = (manifest.Load!.Rate / 3).ToString(CultureInfo.InvariantCulture);
            Task<PlumbRun> load = PlumbRun.StartAsync("stress", new Uri(leaking.Url, manifest.Load.Route).ToString(), "--rate", rate, "--for", "14s", "-q");
            PlumbRun watch = await PlumbRun.StartAsync(
                "watch", leaking.Url.ToString(), "--snapshot-every", "1s", "--for", "12s", "--capture-at", "goroutines=500", "--capture-to", folder, "--json");
            await load;

            Assert.True(watch.ExitCode == 1, $"{watch.Output}\n{watch.Talk}");
            JsonElement[] lines = [.. watch.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
            JsonElement last = lines.Last(line => line.GetProperty("kind").GetString() == "sample");
            Assert.All(
                (string[])["heapInUseBytes", "heapIdleBytes", "systemBytes", "nextCollectionBytes", "residentBytes", "goroutines", "threads", "descriptors", "cores", "descriptorLimit"],
                figure => Assert.Equal(JsonValueKind.Number, last.GetProperty(figure).ValueKind));
            Assert.True(last.GetProperty("connections").TryGetProperty("ESTABLISHED", out _));

            PlumbRun judged = await PlumbRun.StartAsync("leaks", Assert.Single(Directory.GetDirectories(folder)));
            Assert.True(judged.ExitCode == 1, $"{judged.Output}\n{judged.Talk}");
            Assert.Contains(manifest.Leak!.Function, judged.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
