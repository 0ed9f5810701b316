using System.Globalization;
using Plumb.Profiles;

namespace Plumb.Benchmarks.DotNet;

/// <summary>Bytes that three stacks keep, known to the byte, beside what the heap profile says of them.</summary>
internal static class AccuracyBench
{
    private const int InUseSpace = 3;
    private const int Rounds = 25_000;
    private const double SampleDistance = 102_400;
    private static readonly (string Function, string What)[] Stacks =
        [("KnownLeak.KeepArray", "arrays of 3 to 6 kB"), ("KnownLeak.KeepText", "texts of 2 kB"), ("KnownLeak.KeepLarge", "arrays of 100 kB, large object heap")];

    public static async Task RunAsync(DotNetTools tools, History history, Peer plumb, int rounds)
    {
        using BenchService service = await BenchService.StartAsync(tools).ConfigureAwait(false);
        await service.SampleAsync(on: true).ConfigureAwait(false);
        List<double>[] errors = [[], [], []];
        List<double> left = [];
        long[] truth = [0, 0, 0];
        for (int i = 0; i < rounds; i++)
        {
            truth = await service.JsonAsync<long[]>($"/leak?rounds={Rounds}").ConfigureAwait(false);
            Profile full = await service.ProfileAsync("/debug/pprof/heap?gc=1").ConfigureAwait(false);
            _ = await service.GetAsync("/release").ConfigureAwait(false);
            Profile released = await service.ProfileAsync("/debug/pprof/heap?gc=1").ConfigureAwait(false);
            for (int s = 0; s < Stacks.Length; s++)
                errors[s].Add(Math.Abs((InUse(full, Stacks[s].Function) / (double)truth[s]) - 1));
            left.Add(Stacks.Sum(stack => InUse(released, stack.Function)) / (double)truth.Sum());
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n**Accuracy**, {rounds} turns, amid {Rounds * 20_000L / 1e6:0} MB of garbage each\n"));
        Console.WriteLine("| kept by | MB | samples to be expected | aim | error, median | largest |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (int s = 0; s < Stacks.Length; s++)
        {
            double samples = truth[s] / SampleDistance;
            var error = Spread.Of(errors[s]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {Stacks[s].What} | {truth[s] / 1e6:0.0} | {samples:0} | ≤ 10 % | {100 * error.Median:0.0} % | {100 * errors[s].Max():0.0} % |"));
            history.Add("dotnet-accuracy", Stacks[s].What, plumb, [("turns", rounds), ("bytes", truth[s]), ("errorPercent", 100 * error.Median), ("largestPercent", 100 * errors[s].Max())]);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nAfter release {100 * left.Max():0.00} % of it is still in use, at most."));
        history.Add("dotnet-accuracy", "in use after release", plumb, [("turns", rounds), ("largestPercent", 100 * left.Max())]);
    }

    private static long InUse(Profile profile, string function)
    {
        long sum = 0;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            Sample sample = profile.Sample(i);
            foreach (LocationId location in sample.Stack)
            {
                if (profile.Locations.Lines(location) is not [Line line, ..] || !profile.Function(line.Function).Name.EndsWith(function, StringComparison.Ordinal))
                    continue;
                sum += sample.Values[InUseSpace];
                break;
            }
        }

        return sum;
    }
}
