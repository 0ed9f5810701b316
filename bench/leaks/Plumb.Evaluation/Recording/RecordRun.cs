using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumb.Evaluation.Series;

namespace Plumb.Evaluation.Recording;

/// <summary>Records scenarios of a lab program, with the truth beside each series.</summary>
internal static class RecordRun
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static async Task<int> RunAsync(RecordArguments arguments, TextWriter talk)
    {
        IReadOnlyList<Scenario> scenarios = await Scenario.ListAsync(arguments.Program).ConfigureAwait(false);
        (Scenario Scenario, string Variant)[] wanted =
        [
            .. from scenario in scenarios
               where arguments.Only.Any(text => scenario.Name.Contains(text, StringComparison.Ordinal))
               from variant in scenario.Variants
               where arguments.Variants.Contains(variant)
               select (scenario, variant),
        ];
        int failed = 0;
        await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = arguments.Jobs }, async (one, stop) =>
        {
            string folder = Path.Combine(arguments.Folder, NameOf(one.Scenario, one.Variant, arguments));
            if (File.Exists(Path.Combine(folder, SavedSeries.TruthFile)))
                return;
            try
            {
                await SeriesRecording.RecordAsync(one.Scenario, one.Variant, folder, arguments, stop).ConfigureAwait(false);
                // The truth comes last: a folder that has one is complete.
                await File.WriteAllTextAsync(Path.Combine(folder, SavedSeries.TruthFile), TruthOf(one.Scenario, one.Variant, arguments), stop).ConfigureAwait(false);
            }
            catch (InvalidDataException wrong)
            {
                Interlocked.Increment(ref failed);
                await talk.WriteLineAsync($"{folder}: {wrong.Message}").ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return failed == 0 ? 0 : 2;
    }

    private static string NameOf(Scenario scenario, string variant, RecordArguments arguments)
    {
        string share = variant == "leak" && arguments.Share < 1 ? string.Create(CultureInfo.InvariantCulture, $"-share-{arguments.Share}") : "";
        string rate = arguments.RateTimes == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-rate-{arguments.RateTimes}");
        return $"{scenario.Name}-{variant}{share}{rate}";
    }

    private static string TruthOf(Scenario scenario, string variant, RecordArguments arguments)
    {
        var truth = variant == "leak" ? (JsonObject)scenario.Truth.DeepClone() : new JsonObject { ["leaks"] = false };
        truth["story"] = scenario.Story;
        truth["calls_per_second"] = scenario.Rate * arguments.RateTimes;
        if (variant == "leak")
            truth["leaks_per_call"] = arguments.Share;
        return truth.ToJsonString(s_indented);
    }
}
