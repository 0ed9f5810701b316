using System.Diagnostics;
using System.Globalization;

namespace Plumb.Benchmarks;

/// <summary>
/// The same work given to <c>plumb pprof</c> and to <c>go tool pprof</c>, in turns, so that a noisy machine is noisy for both. CPU
/// seconds are the figure to quote; wall time depends on the neighbours.
/// </summary>
internal static class PprofSideBySide
{
    // Plumb is measured before and after each of the others, so one turn has two or three figures of it. Of a minute's work one figure tells
    // enough; of what takes a moment quote medians of three turns or more.
    private static readonly int Turns =
        int.TryParse(Environment.GetEnvironmentVariable("PLUMB_BENCH_TURNS"), out int turns) && turns > 0 ? turns : 3;

    /// <param name="folder">Where the synthetic profiles are.</param>
    /// <param name="plumb">The command to measure.</param>
    /// <param name="history">Keeps the figures.</param>
    /// <param name="only">Names of the works to run; those of the table when empty.</param>
    public static int Run(string folder, string plumb, History history, string[] only)
    {
        if (only is ["list"])
        {
            Console.WriteLine(string.Join('\n', Work.All.Select(work => $"{work.Name,-10} {work.What}")));
            return 0;
        }

        Peer[] programs = [Peer.Plumb(plumb), .. Peer.Others()];
        Machine machine = Machine.This();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Turns: {Turns}, medians. Machine: {machine.Cores} cores of {machine.Processor}, {machine.MemoryGigabytes} GB, {machine.Runtime}; load average {machine.LoadAverage:F1}"));
        Console.WriteLine(string.Join("; ", programs.Select(program => $"{program.Name}: {program.Version}")));
        Console.WriteLine();
        Console.WriteLine("| work | who | CPU s | wall s | peak MB | CPU, plumb : peer | wall | peak |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (Work work in Work.All.Where(work => only.Length == 0 ? !work.IsExtra : only.Contains(work.Name)))
            Compare(folder, programs[0], programs[1..], work, history);

        return 0;
    }

    private static void Compare(string folder, Peer plumb, Peer[] others, Work work, History history)
    {
        var ours = new List<Cost>();
        List<Cost>[] costs = [.. others.Select(_ => new List<Cost>())];
        for (int turn = 0; turn < Turns * work.Repeats; turn++)
        {
            for (int who = 0; who < others.Length; who++)
            {
                ours.Add(Measure(folder, plumb, work));
                costs[who].Add(Measure(folder, others[who], work));
            }
        }

        ours.Add(Measure(folder, plumb, work));
        Cost our = Cost.Median(ours);
        history.Add(work, plumb, ours.Count, our);
        Row(work.What, plumb.Name, our, "| |");
        for (int i = 0; i < others.Length; i++)
        {
            Cost peer = Cost.Median(costs[i]);
            history.Add(work, others[i], costs[i].Count, peer);
            Row(work.What, others[i].Name, peer, string.Create(CultureInfo.InvariantCulture,
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
