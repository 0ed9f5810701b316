using System.Text.Json;
using Plumb.Cli.Demo;
using Plumb.EndToEnd.Tests.Lab;

namespace Plumb.EndToEnd.Tests;

/// <summary><c>plumb isolate</c> on a shop with a dozen routes.</summary>
public sealed class IsolateTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    [LabFact("shop", "leak")]
    public async Task Finds_the_two_routes_that_leak_and_their_lines()
    {
        LabManifest manifest = LabManifest.Read("shop");
        (PlumbRun run, IsolateAnswer answer) = await LookAtAsync("leak", _ => ["--routes", Path.Combine(LabManifest.Folder("shop"), manifest.Isolation!.Routes)]);

        Assert.True(run.ExitCode == 1 && answer is { Verdict: "leak", Complete: true }, Describe(run));
        Assert.Equal(manifest.Isolation!.Leaking.Select(route => route.Route).Order(), answer.Leaking.Select(leak => Assert.Single(leak.Routes)).Order());
        Assert.InRange(answer.Rounds.Count, 5, 16);
        foreach (LabRoute expected in manifest.Isolation.Leaking)
        {
            IsolateLeak found = answer.Leaking.Single(leak => leak.Routes[0] == expected.Route);
            Assert.Contains(expected.Resources[0], found.LeftBehind.Select(one => one.Resource));
            Assert.True(found.Function == expected.Function && found.Pattern == expected.Pattern, Describe(run));
            Assert.Contains(found.Line!.Value, LabManifest.LeakingLines("shop", expected.File));
        }

        IsolateSignal goroutine = answer.Leaking.SelectMany(leak => leak.LeftBehind).First(one => one.Resource == "goroutine");
        Assert.InRange(goroutine.PerRequest, 0.9, 1.1);
        Assert.Contains("when none leaks", run.Talk, StringComparison.Ordinal);
    }

    [LabFact("shop", "fixed")]
    public async Task Accuses_no_route_of_the_mended_shop()
    {
        (PlumbRun run, IsolateAnswer answer) = await LookAtAsync("fixed", url => ["--openapi", new Uri(url, "/openapi.json").ToString()]);

        Assert.True(run.ExitCode == 0 && answer is { Verdict: "none", Complete: true }, Describe(run));
        Assert.Empty(answer.Leaking);
        Assert.Equal(12, answer.Routes.Count);
        Assert.Contains(answer.Notes, note => note.StartsWith("1 routes may change something", StringComparison.Ordinal));
    }

    private static async Task<(PlumbRun Run, IsolateAnswer Answer)> LookAtAsync(string variant, Func<Uri, string[]> routes)
    {
        await LabParts.EnsureAsync(["go"]);
        LabProgram program = await LabPrograms.GetAsync("shop");
        await using LabService running = await LabService.StartAsync(program, [$"--{variant}"], CancellationToken.None);
        PlumbRun run = await PlumbRun.StartAsync(["isolate", running.Url.ToString(), .. routes(running.Url), "--requests", "60", "--rate", "600", "--json"]);
        Assert.True(run.Output.StartsWith('{'), Describe(run));
        return (run, JsonSerializer.Deserialize<IsolateAnswer>(run.Output, Options)!);
    }

    private static string Describe(PlumbRun run) => $"{run.Command}\nexit code {run.ExitCode}\n{run.Output}\n{run.Talk}";

    private sealed record IsolateAnswer(
        string Verdict, bool Complete, IReadOnlyList<string> Routes, IReadOnlyList<IsolateLeak> Leaking, IReadOnlyList<JsonElement> Rounds, IReadOnlyList<string> Notes);

    private sealed record IsolateLeak(IReadOnlyList<string> Routes, IReadOnlyList<IsolateSignal> LeftBehind, string? Function, int? Line, string? Pattern);

    private sealed record IsolateSignal(string Resource, double PerRequest);
}
