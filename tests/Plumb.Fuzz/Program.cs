using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Plumb.Fuzz;

/// <summary>
/// Runs mutated inputs through every reader for some minutes: <c>Plumb.Fuzz [MINUTES] [FIRST-SEED]</c>. A find is written to testdata/hostile/
/// and fails the run; the seed printed with it makes it again.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        double minutes = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        int firstSeed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : RandomNumberGenerator.GetInt32(int.MaxValue / 2);
        string testData = TestDataFolder();
        IReadOnlyList<(string Name, byte[] Bytes)> corpus = Corpus.Load(testData);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{corpus.Count} inputs, seeds from {firstSeed}, {minutes} min"));
        return Run(corpus, firstSeed, TimeSpan.FromMinutes(minutes), Path.Combine(testData, "hostile")) ? 0 : 1;
    }

    private static bool Run(IReadOnlyList<(string Name, byte[] Bytes)> corpus, int firstSeed, TimeSpan time, string finds)
    {
        byte[][] donors = [.. corpus.Select(c => c.Bytes)];
        var watch = Stopwatch.StartNew();
        TimeSpan report = TimeSpan.FromSeconds(30);
        int seed = firstSeed, read = 0, faults = 0;
        for (; watch.Elapsed < time; seed++)
        {
            (string name, byte[] bytes) = corpus[(int)((uint)seed % corpus.Count)];
            byte[] input = new Mutator(seed, donors).Mutate(bytes);
            int plainBytes = input.Length;
            if (seed % 16 == 0)
                input = Attempt.Compress(input);

            Attempt attempt = Attempt.Read(input, plainBytes);
            read += attempt.WasRead ? 1 : 0;
            if (attempt.Fault is { } fault)
            {
                faults++;
                Keep(input, name, seed, fault, finds);
            }

            if (watch.Elapsed > report)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed:mm\\:ss}  {seed - firstSeed} inputs, {read} read, {faults} faults"));
                report += TimeSpan.FromSeconds(30);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed - firstSeed} inputs in {watch.Elapsed:mm\\:ss}: {read} read, {seed - firstSeed - read - faults} refused, {faults} faults; last seed {seed - 1}"));
        return faults == 0;
    }

    private static void Keep(byte[] input, string name, int seed, string fault, string folder)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"found-{seed}-{name}"));
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(path, input);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, from {name}, kept as {Path.GetFileName(path)}: {fault}"));
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
}
