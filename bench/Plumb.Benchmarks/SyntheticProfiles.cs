using System.IO.Compression;
using Plumb.Profiles;
using Plumb.Profiles.Merging;
using Plumb.Profiles.Proto;

namespace Plumb.Benchmarks;

/// <summary>
/// Profiles as large as the ones that make pprof slow: random walks of 30 frames over a call graph of 20,000 functions that call eight
/// others each, from three places. Seeded, so every run measures the same.
/// </summary>
internal static class SyntheticProfiles
{
    private const int Functions = 20_000;
    private const int SitesPerFunction = 3;
    private const int Callees = 8;
    private const int Depth = 30;

    public static int WriteAll(string folder)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "cpu1m.pb.gz", () => Make(1_000_000, heap: false, seed: 1));
        Write(folder, "heap1m.pb.gz", () => Make(1_000_000, heap: true, seed: 2));
        for (int i = 0; i < 200; i++)
        {
            int seed = 100 + i;
            Write(folder, $"part{i:000}.pb.gz", () => Make(5_000, heap: false, seed));
        }

        // What a small service gives: only what its samples use is in it, and it comes to 20 kB.
        Write(folder, "small20k.pb.gz", () => ProfileMerger.Compact(Make(19, heap: false, seed: 3)));
        return 0;
    }

    /// <param name="samples">All of them with stacks of their own, but for the accidents of chance.</param>
    /// <param name="heap">Four values and a <c>bytes</c> label a sample, instead of two values.</param>
    /// <param name="seed">Picks the walks; the call graph is the same for all seeds.</param>
    public static Profile Make(int samples, bool heap, int seed)
    {
        ProfileBuilder builder = new(Header(heap));
        MappingId binary = builder.Mapping(new Mapping(0x400000, 0x4000000, 0, "/usr/local/bin/shop", "5ca1ab1e") { HasFunctions = true });
        LocationId[] sites = CallSites(builder, binary);
        int[] callees = CallGraph();
        var random = new Random(seed);
        var stack = new LocationId[Depth];
        var values = new long[heap ? 4 : 2];
        StringId bytes = builder.String("bytes");
        for (int i = 0; i < samples; i++)
        {
            Walk(random, callees, sites, stack);
            long size = 16L << random.Next(12);
            Fill(values, random, size);
            LabelSetId labels = heap ? builder.LabelSet(Label.OfNumber(bytes, size, bytes)) : default;
            builder.AddSample(builder.Stack(stack), values, labels);
        }

        return builder.Build();
    }

    private static ProfileHeader Header(bool heap) => heap
        ? new ProfileHeader
        {
            SampleTypes = [new("alloc_objects", "count"), new("alloc_space", "bytes"), new("inuse_objects", "count"), new("inuse_space", "bytes")],
            DefaultSampleType = "inuse_space",
            PeriodType = new SampleType("space", "bytes"),
            Period = 524288,
            TimeNanos = 1_700_000_000_000_000_000,
        }
        : new ProfileHeader
        {
            SampleTypes = [new("samples", "count"), new("cpu", "nanoseconds")],
            PeriodType = SampleType.Cpu,
            Period = 10_000_000,
            TimeNanos = 1_700_000_000_000_000_000,
            DurationNanos = 60_000_000_000,
        };

    private static LocationId[] CallSites(ProfileBuilder builder, MappingId binary)
    {
        var sites = new LocationId[Functions * SitesPerFunction];
        for (int f = 0; f < Functions; f++)
        {
            FunctionId function = builder.Function(
                $"example.org/shop/package{f % 400}.(*Type{f % 37}).method{f}", $"/build/shop/package{f % 400}/file{f % 1900}.go", f % 900);
            for (int site = 0; site < SitesPerFunction; site++)
            {
                ulong address = 0x400000 + (ulong)((f * SitesPerFunction) + site) * 0x40;
                sites[(f * SitesPerFunction) + site] = builder.Location(address, binary, [new Line(function, (f % 900) + site + 1)]);
            }
        }

        return sites;
    }

    private static int[] CallGraph()
    {
        var random = new Random(7);
        var callees = new int[Functions * Callees];
        for (int i = 0; i < callees.Length; i++)
            callees[i] = random.Next(Functions);

        return callees;
    }

    private static void Walk(Random random, int[] callees, LocationId[] sites, LocationId[] stack)
    {
        int function = 0;
        for (int depth = Depth - 1; depth >= 0; depth--)
        {
            stack[depth] = sites[(function * SitesPerFunction) + random.Next(SitesPerFunction)];
            function = callees[(function * Callees) + random.Next(Callees)];
        }
    }

    private static void Fill(long[] values, Random random, long size)
    {
        long count = random.Next(1, 50);
        if (values.Length == 2)
        {
            values[0] = count;
            values[1] = count * 10_000_000;
            return;
        }

        long live = random.Next(4) == 0 ? count / 2 : 0;
        (values[0], values[1], values[2], values[3]) = (count, count * size, live, live * size);
    }

    private static void Write(string folder, string name, Func<Profile> make)
    {
        string path = Path.Combine(folder, name);
        if (File.Exists(path))
            return;

        using (FileStream file = File.Create(path + ".new"))
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal))
            ProfileEncoder.Encode(make(), gzip);

        File.Move(path + ".new", path);
        Console.Error.WriteLine($"wrote {name}, {new FileInfo(path).Length:N0} bytes");
    }
}
