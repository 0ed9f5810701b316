using System.Globalization;
using System.Text.Json;
using Plumb.Cli.Demo;

namespace Plumb.EndToEnd.Tests.Lab;

/// <summary>A service of the lab, started in one variant and looked at by <c>plumb leaks</c> under load.</summary>
internal sealed record LabRun(LabManifest Manifest, PlumbRun Plumb, LeaksAnswer Answer, string ServiceLog)
{
    /// <summary>The variant of a service that has no flags.</summary>
    public const string Healthy = "healthy";

    // Of the 21 snapshots of 20 s. With fewer, the machine had no time for the measurement, which says nothing about Plumb.
    private const int FewestSnapshots = 12;

    /// <summary>Runs the service and <c>plumb leaks</c> on it; once more when the machine was too busy to measure.</summary>
    public static async Task<LabRun> LookAtAsync(string service, string variant, params ILabNeed[] needs)
    {
        LabRun run = await LookOnceAsync(service, variant, needs);
        return run.Answer.Snapshots >= FewestSnapshots ? run : await LookOnceAsync(service, variant, needs);
    }

    /// <summary>The arguments that start a service: its variant, and where the things are that it needs.</summary>
    public static IEnumerable<string> Arguments(LabManifest manifest, string variant, params IEnumerable<ILabNeed> needs)
    {
        IEnumerable<string> addresses = needs.Where(need => manifest.Needs.Contains(need.Name)).SelectMany(need => need.Arguments);
        return variant == Healthy ? addresses : addresses.Prepend($"--{variant}");
    }

    /// <summary>The leak is named: function, line, pattern, and nothing else is accused.</summary>
    public void NamesTheLine()
    {
        LabLeak expected = Manifest.Leak!;
        LeaksFinding[] leaks = [.. Answer.Findings.Where(finding => finding.Verdict == "leak")];
        Check(Plumb.ExitCode == 1, "the exit code of a leak is 1");
        Check(Answer.Verdict == "leak", "the verdict is leak");
        Check(leaks.Length == 1, "one defect is one finding");
        Check(leaks[0].Function == expected.Function, $"the function is {expected.Function}");
        Check(Path.GetFileName(leaks[0].File) == expected.File, $"the file is {expected.File}");
        Check(
            leaks[0].Line is int line && LabManifest.LeakingLines(Manifest.Name, expected.File).Contains(line),
            $"the line is one that says '{LabManifest.Marker}'");
        Check(leaks[0].Pattern == expected.Pattern, $"the pattern is {expected.Pattern}");
        Check(leaks[0].Resources?.Contains(expected.Resources[0]) == true, $"{expected.Resources[0]} is among the resources");
    }

    /// <summary>Nothing is accused.</summary>
    /// <param name="verdicts">The right ones.</param>
    public void StaysSilent(params IReadOnlyList<string> verdicts)
    {
        Check(verdicts.Contains(Answer.Verdict), $"the verdict is {string.Join(" or ", verdicts)}");
        Check(Plumb.ExitCode == (Answer.Verdict == "none" ? 0 : 3), "the exit code is 0 without a leak, 3 when nobody can tell");
        Check(Answer.Findings.All(finding => finding.Verdict is not ("leak" or "suspicious")), "nothing is accused");
    }

    private static async Task<LabRun> LookOnceAsync(string service, string variant, ILabNeed[] needs)
    {
        LabManifest manifest = LabManifest.Read(service);
        await LabParts.EnsureAsync(["go"]);
        LabProgram program = await LabPrograms.GetAsync(service);
        await using LabService running = await LabService.StartAsync(program, Arguments(manifest, variant, needs), CancellationToken.None);
        PlumbRun plumb = await PlumbRun.StartAsync(["leaks", running.Url.ToString(), .. LoadArguments(manifest, running.Url), "--for", "20s", "--every", "1s", "--json"]);
        return new LabRun(manifest, plumb, Parse(plumb, running), running.Log);
    }

    private static IEnumerable<string> LoadArguments(LabManifest manifest, Uri url) => manifest.Load is { } load
        ? ["--load", new Uri(url, load.Route).ToString(), "--rate", load.Rate.ToString(CultureInfo.InvariantCulture)]
        : [];

    private static LeaksAnswer Parse(PlumbRun plumb, LabService running)
    {
        try
        {
            return LeaksAnswer.Parse(plumb.Output);
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{e.Message}\n{Describe(plumb, running.Log)}", e);
        }
    }

    private static string Describe(PlumbRun plumb, string serviceLog) =>
        $"{plumb.Command}\nexit code {plumb.ExitCode}\n{plumb.Output}\n{plumb.Talk}\n--- the service said:\n{serviceLog}";

    private void Check(bool holds, string promise) => Assert.True(holds, $"{Manifest.Name}: {promise}\n{Describe(Plumb, ServiceLog)}");
}
