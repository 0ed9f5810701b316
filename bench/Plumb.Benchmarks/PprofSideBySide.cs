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

    /// <param name="folder">Where the synthetic profiles are.</param>
    /// <param name="plumb">The command to measure.</param>
    /// <param name="only">Names of the works to run; all when empty.</param>
    public static int Run(string folder, string plumb, string[] only)
    {
        if (only is ["list"])
        {
            Console.WriteLine(string.Join('\n', Work.All.Select(work => $"{work.Name,-10} {work.What}")));
            return 0;
        }

        Peer[] peers = Peer.All();
        Console.WriteLine($"Turns each: {Turns}, medians. Machine: {Environment.ProcessorCount} cores, .NET {Environment.Version}");
        Console.WriteLine();
        Console.WriteLine("| work | who | CPU s | wall s | peak MB | CPU, plumb : peer | wall | peak |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (Work work in Work.All.Where(work => only.Length == 0 || only.Contains(work.Name)))
            Compare(folder, new Peer("plumb", [plumb, "pprof"]), peers, work);

        return 0;
    }

    private static void Compare(string folder, Peer plumb, Peer[] peers, Work work)
    {
        Peer[] all = [plumb, .. peers];
        List<Cost>[] costs = [.. all.Select(_ => new List<Cost>())];
        for (int turn = 0; turn < Turns * work.Repeats; turn++)
        {
            for (int who = 0; who < all.Length; who++)
                costs[who].Add(Measure(folder, all[who], work));
        }

        Cost our = Cost.Median(costs[0]);
        Row(work.What, plumb.Name, our, "| |");
        for (int i = 0; i < peers.Length; i++)
        {
            Cost peer = Cost.Median(costs[i + 1]);
            Row(work.What, peers[i].Name, peer, string.Create(CultureInfo.InvariantCulture,
                $"1 : {Ratio(peer.CpuSeconds, our.CpuSeconds)} | 1 : {Ratio(peer.WallSeconds, our.WallSeconds)} | 1 : {Ratio(peer.PeakMegabytes, our.PeakMegabytes)}"));
        }
    }

    // A command that took less than a tick of the clock took a tick at most.
    private static string Ratio(double peer, double our) => (peer / Math.Max(our, 0.01)).ToString("F1", CultureInfo.InvariantCulture);

    private static void Row(string work, string who, Cost cost, string ratio) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {work} | {who} | {cost.CpuSeconds:F2} | {cost.WallSeconds:F3} | {cost.PeakMegabytes:F0} | {ratio} |"));

    private static Cost Measure(string folder, Peer who, Work work)
    {
        string[] command = [.. who.Command, "-symbolize=none", .. work.Arguments];
        if (work.FirstCommand is null)
            return Measure(folder, command);

        using ShellRun shell = ShellRun.Start(folder, command);
        shell.Measure(work.FirstCommand);
        return shell.Measure(work.SecondCommand);
    }

    // GNU time reads the operating system's own account of the child, its children included.
    private static Cost Measure(string folder, string[] command)
    {
        string figures = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/usr/bin/time") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in (string[])["-f", "%U %S %M", "-o", figures, .. command])
                start.ArgumentList.Add(argument);

            start.Environment["PPROF_BINARY_PATH"] = "/nonexistent";
            long started = Stopwatch.GetTimestamp();
            using Process process = Process.Start(start)!;
            Task<string> talk = process.StandardError.ReadToEndAsync();
            process.StandardOutput.BaseStream.CopyTo(Stream.Null);
            process.WaitForExit();
            double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{string.Join(' ', command.Take(4))} failed: {talk.Result}");

            double[] numbers = [.. File.ReadAllLines(figures)[^1].Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            return new Cost(numbers[0] + numbers[1], wall, numbers[2] * 1024 / 1e6);
        }
        finally
        {
            File.Delete(figures);
        }
    }
}
