using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Plumb.Fuzz;

/// <summary>
/// Has every reader take mutated inputs for some minutes, the targets in turns: <c>Plumb.Fuzz [MINUTES] [FIRST-SEED]</c>. A find is written to
/// testdata/hostile/ and fails the run.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private static int Main(string[] args)
    {
        double minutes = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        int firstSeed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : RandomNumberGenerator.GetInt32(int.MaxValue / 2);
        string testData = TestDataFolder();
        Lane[] lanes = [.. FuzzTargets.All.Select(target => new Lane(target, target.Seeds(testData)))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lanes.Sum(lane => lane.Seeds.Count)} inputs for {lanes.Length} targets, seeds from {firstSeed}, {minutes} min"));
        bool isClean = Run(lanes, firstSeed, TimeSpan.FromMinutes(minutes), Path.Combine(testData, "hostile"));
        foreach (FuzzTarget target in FuzzTargets.All)
            (target as IDisposable)?.Dispose();

        return isClean ? 0 : 1;
    }

    private static bool Run(Lane[] lanes, int firstSeed, TimeSpan time, string finds)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan report = Interval;
        var places = new HashSet<(Lane, string)>();
        int seed = firstSeed;
        for (; watch.Elapsed < time; seed++)
        {
            // Each target as long as the others, however much longer one of its inputs takes.
            Lane lane = lanes.MinBy(candidate => candidate.Time)!;
            TimeSpan before = watch.Elapsed;
            if (lane.Try(seed) is { } find && places.Add((lane, find.Place)))
                Keep(find, finds);

            lane.Time += watch.Elapsed - before;
            if (watch.Elapsed > report)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed:mm\\:ss}  {seed - firstSeed} inputs, {lanes.Sum(one => one.Tally.Faults)} faults, {Environment.WorkingSet >> 20} MiB"));
                report += Interval;
            }
        }

        foreach (Lane lane in lanes)
            Console.WriteLine(lane.Tally);

        int faults = lanes.Sum(lane => lane.Tally.Faults);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{seed - firstSeed} inputs in {watch.Elapsed:mm\\:ss}, {faults} faults, {process.PeakWorkingSet64 >> 20} MiB at most; last seed {seed - 1}"));
        return faults == 0;
    }

    private static void Keep(Find find, string finds)
    {
        string folder = find.Target == FuzzTargets.Profiles ? finds : Path.Combine(finds, find.Target.Name);
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"found-{find.Seed}-{find.Name}"));
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(path, find.Input);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{find.Target.Name}, seed {find.Seed}, from {find.Name}, kept as {Path.GetFileName(path)}: {find.Fault}"));
    }

    private static string TestDataFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Plumb.slnx")))
                return Path.Combine(folder.FullName, "testdata");
        }

        throw new DirectoryNotFoundException($"no checkout above {AppContext.BaseDirectory}");
    }

    private sealed record Find(FuzzTarget Target, int Seed, string Name, byte[] Input, string Fault)
    {
        /// <summary>The line of Plumb's that let it escape. One input for each is enough.</summary>
        public string Place => Fault.Split('\n').FirstOrDefault(line => line.Contains(" at Plumb.", StringComparison.Ordinal)) ?? "";
    }

    /// <summary>One target with its inputs and what became of them.</summary>
    private sealed class Lane(FuzzTarget target, IReadOnlyList<(string Name, byte[] Bytes)> seeds)
    {
        private readonly byte[][] _donors = [.. seeds.Select(seed => seed.Bytes)];

        public IReadOnlyList<(string Name, byte[] Bytes)> Seeds => seeds;

        public Tally Tally { get; } = new(target);

        public TimeSpan Time { get; set; }

        public Find? Try(int seed)
        {
            (string name, byte[] bytes) = seeds[(int)((uint)seed % seeds.Count)];
            byte[] input = new Mutator(seed, _donors).Mutate(bytes);
            int plainBytes = input.Length;
            if (target.MayBeCompressed && seed % 16 == 0)
                input = Attempt.Compress(input);

            Attempt attempt = Attempt.Of(target, input, plainBytes);
            Tally.Add(attempt);
            return attempt.Fault is { } fault ? new Find(target, seed, name, input, fault) : null;
        }
    }
}
