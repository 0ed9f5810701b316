using System.Diagnostics;
using System.Globalization;
using Plumb.Profiles;

namespace Plumb.Benchmarks;

/// <summary>
/// Why a profile is columns: the same samples as objects, as a generated object model holds them, need several times the memory, and
/// the pass that every report makes over them takes longer.
/// </summary>
internal static class ProfileShape
{
    public static int Run()
    {
        Console.WriteLine("| samples | shape | held, MB | objects' pass: cum of every function, ms |");
        Console.WriteLine("|---|---|---|---|");
        foreach (bool heap in new[] { false, true })
        {
            string name = heap ? "1M × 30, 4 values, a label" : "1M × 30, 2 values";
            Profile profile = Measure(name, "columns", () => SyntheticProfiles.Make(1_000_000, heap, seed: 1), CumOfColumns);
            Measure(name, "objects", () => ObjectModel.Of(profile), ObjectModel.Cum);
            GC.KeepAlive(profile);
        }

        return 0;
    }

    private static T Measure<T>(string samples, string shape, Func<T> make, Func<T, long> pass)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        T made = make();
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        var times = new List<double>();
        for (int i = 0; i < 5; i++)
        {
            long started = Stopwatch.GetTimestamp();
            pass(made);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {samples} | {shape} | {held / 1e6:F0} | {times[2]:F0} |"));
        return made;
    }

    private static long CumOfColumns(Profile profile)
    {
        var cum = new long[profile.Functions.Count];
        var lastSample = new int[cum.Length];
        Array.Fill(lastSample, -1);
        ReadOnlySpan<Line> lines = profile.Locations.AllLines;
        ReadOnlySpan<int> starts = profile.Locations.LineStarts;
        for (int i = 0; i < profile.Samples.Count; i++)
        {
            long value = profile.Samples.Values(i)[^1];
            foreach (LocationId location in profile.Stacks[profile.Samples.Stacks[i]])
            {
                for (int line = starts[location.Index]; line < starts[location.Index + 1]; line++)
                {
                    int function = lines[line].Function.Index;
                    if (lastSample[function] == i)
                        continue;

                    lastSample[function] = i;
                    cum[function] += value;
                }
            }
        }

        return cum.Max();
    }

    private sealed record ObjectModel(List<ObjectSample> Samples)
    {
        public static ObjectModel Of(Profile profile)
        {
            var functions = Enumerable.Range(0, profile.Functions.Count)
                .Select(i => new ObjectFunction(profile.Function(new FunctionId(i)).Name)).ToArray();
            var locations = new ObjectLocation[profile.Locations.Count];
            for (int i = 0; i < locations.Length; i++)
            {
                var lines = new List<ObjectFunction>();
                foreach (Line line in profile.Locations.Lines(new LocationId(i)))
                    lines.Add(functions[line.Function.Index]);

                locations[i] = new ObjectLocation(profile.Locations.Addresses[i], lines);
            }

            var samples = new List<ObjectSample>(profile.Samples.Count);
            for (int i = 0; i < profile.Samples.Count; i++)
                samples.Add(Sample(profile, profile.Sample(i), locations));

            return new ObjectModel(samples);
        }

        public static long Cum(ObjectModel model)
        {
            var cum = new Dictionary<ObjectFunction, long>(ReferenceEqualityComparer.Instance);
            var seen = new HashSet<ObjectFunction>(ReferenceEqualityComparer.Instance);
            foreach (ObjectSample sample in model.Samples)
            {
                seen.Clear();
                foreach (ObjectLocation location in sample.Stack)
                {
                    foreach (ObjectFunction function in location.Lines)
                    {
                        if (seen.Add(function))
                            cum[function] = cum.GetValueOrDefault(function) + sample.Values[^1];
                    }
                }
            }

            return cum.Values.Max();
        }

        private static ObjectSample Sample(Profile profile, Sample sample, ObjectLocation[] locations)
        {
            var stack = new List<ObjectLocation>(sample.Stack.Length);
            foreach (LocationId id in sample.Stack)
                stack.Add(locations[id.Index]);

            Dictionary<string, List<long>>? labels = null;
            foreach (Label label in sample.Labels)
                (labels ??= [])[profile.Strings[label.Key]] = [label.Number];

            return new ObjectSample(stack, [.. sample.Values], labels);
        }
    }

    private sealed record ObjectSample(List<ObjectLocation> Stack, List<long> Values, Dictionary<string, List<long>>? Labels);

    private sealed record ObjectLocation(ulong Address, List<ObjectFunction> Lines);

    private sealed record ObjectFunction(string Name);
}
