using System.Globalization;
using System.Runtime.InteropServices;

namespace Plumb.Benchmarks;

/// <summary>What kind of machine was measured on, and how busy it was with other things: figures of different kinds do not compare.</summary>
internal sealed record Machine(int Cores, int MemoryGigabytes, string Processor, string System, string Runtime, double LoadAverage)
{
    public static Machine This() => new(
        Environment.ProcessorCount,
        (int)Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30)),
        ProcessorName(),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[1], CultureInfo.InvariantCulture));

    private static string ProcessorName()
    {
        const string Key = "model name";
        string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
