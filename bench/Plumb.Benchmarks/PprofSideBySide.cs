using System.Diagnostics;
using System.Globalization;

namespace Plumb.Benchmarks;

/// <summary>
/// The same work given to <c>plumb pprof</c> and to <c>go tool pprof</c>, in turns, so that a noisy machine is noisy for both. CPU
/// seconds are the figure to quote; wall time depends on the neighbours.
/// </summary>
internal static class PprofSideBySide
{
    // One turn tells the order of magnitude; quote medians of three or more.
    private static readonly int Turns =
        int.TryParse(Environment.GetEnvironmentVariable("PLUMB_BENCH_TURNS"), out int turns) && turns > 0 ? turns : 3;

    private sealed record Work(string Name, string[] Arguments);

    private sealed record Cost(double CpuSeconds, double WallSeconds, double PeakMegabytes);

    private static readonly Work[] Works =
    [
        new("top", ["-top", "cpu1m.pb.gz"]),
        new("top-heap", ["-top", "heap1m.pb.gz"]),
        new("merge", ["-top", .. Enumerable.Range(0, 200).Select(i => $"part{i:000}.pb.gz")]),
        new("dot", ["-dot", "cpu1m.pb.gz"]),
        new("peek", ["-peek", "method1234$", "cpu1m.pb.gz"]),
        new("traces", ["-traces", "cpu1m.pb.gz"]),
        new("diff", ["-top", "-diff_base=cpu1m.pb.gz", "cpu1m.pb.gz"]),
        new("small", ["-top", "small.pb.gz"]),
    ];

    /// <param name="folder">Where the synthetic profiles are.</param>
    /// <param name="plumb">The command to measure.</param>
    /// <param name="only">Names of the works to run; all when empty.</param>
    public static int Run(string folder, string plumb, string[] only)
    {
        if (only is ["list"])
        {
            Console.WriteLine(string.Join('\n', Works.Select(w => $"{w.Name,-10} {string.Join(' ', w.Arguments.Take(3))}")));
            return 0;
        }

        File.Copy(Path.Combine(folder, "part000.pb.gz"), Path.Combine(folder, "small.pb.gz"), overwrite: true);
        Console.WriteLine($"Turns each: {Turns}, medians. Machine: {Environment.ProcessorCount} cores, .NET {Environment.Version}");
        Console.WriteLine();
        Console.WriteLine("| work | who | CPU s | wall s | peak MB | CPU, plumb : peer | peak |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (Work work in Works.Where(w => only.Length == 0 || only.Contains(w.Name)))
            Compare(folder, plumb, work);

        return 0;
    }

    private static void Compare(string folder, string plumb, Work work)
    {
        List<Cost> ours = [], peers = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            ours.Add(Measure(folder, [plumb, "pprof", "-symbolize=none", .. work.Arguments]));
            peers.Add(Measure(folder, ["go", "tool", "pprof", "-symbolize=none", .. work.Arguments]));
        }

        Cost our = Median(ours), peer = Median(peers);
        Row(work.Name, "plumb", our, string.Create(CultureInfo.InvariantCulture,
            $"1 : {peer.CpuSeconds / our.CpuSeconds:F1} | 1 : {peer.PeakMegabytes / our.PeakMegabytes:F1}"));
        Row(work.Name, "go tool pprof", peer, "|");
    }

    private static void Row(string work, string who, Cost cost, string ratio) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {work} | {who} | {cost.CpuSeconds:F2} | {cost.WallSeconds:F2} | {cost.PeakMegabytes:F0} | {ratio} |"));

    private static Cost Median(List<Cost> costs) => new(
        Middle(costs.Select(c => c.CpuSeconds)), Middle(costs.Select(c => c.WallSeconds)), Middle(costs.Select(c => c.PeakMegabytes)));

    private static double Middle(IEnumerable<double> figures) => figures.Order().ElementAt(Turns / 2);

    // GNU time reads the operating system's own account of the child, its children included.
    private static Cost Measure(string folder, string[] command)
    {
        string figures = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/usr/bin/time") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in (string[])["-f", "%U %S %e %M", "-o", figures, .. command])
                start.ArgumentList.Add(argument);

            start.Environment["PPROF_BINARY_PATH"] = "/nonexistent";
            using Process process = Process.Start(start)!;
            Task<string> talk = process.StandardError.ReadToEndAsync();
            process.StandardOutput.BaseStream.CopyTo(Stream.Null);
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{string.Join(' ', command.Take(4))} failed: {talk.Result}");

            double[] numbers = [.. File.ReadAllLines(figures)[^1].Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            return new Cost(numbers[0] + numbers[1], numbers[2], numbers[3] * 1024 / 1e6);
        }
        finally
        {
            File.Delete(figures);
        }
    }
}
