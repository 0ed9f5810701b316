using System.Globalization;
using Plumb.Collectors.Recording;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Profiles.Proto;

namespace Plumb.Cli.Tests.Leaks;

/// <summary>Profiles of a service that leaks so many goroutines from one snapshot to the next.</summary>
internal static class FakeSeries
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    public static byte[] Goroutine(int leaked)
    {
        string text = "runtime.main;main.main;net/http.(*Server).Serve 3\n";
        return Encode(leaked == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}main.(*shop).order.func1;runtime.chansend1;runtime.gopark {leaked}\n"), SampleType.Goroutine);
    }

    public static byte[] Heap() => Encode("runtime.main;main.main;main.warmUp 1048576\n", new SampleType("inuse_space", "bytes"));

    public static void Save(string folder, int snapshots, int leakedEach)
    {
        using SeriesWriter writer = SeriesWriter.Create(folder);
        for (int i = 0; i < snapshots; i++)
        {
            writer.Append(new Capture
            {
                Sequence = i,
                At = s_start.AddSeconds(5 * i),
                Heap = Heap(),
                Goroutine = Goroutine(leakedEach * i),
                Metrics = new Dictionary<string, double> { ["requests"] = 250 * i, ["fds"] = 20, ["rss_bytes"] = 50e6 },
            });
        }
    }

    private static byte[] Encode(string folded, SampleType type) => ProfileEncoder.EncodeGzip(FoldedText.Parse(folded, type));
}
