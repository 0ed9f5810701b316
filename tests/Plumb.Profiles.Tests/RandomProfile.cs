using FsCheck;
using FsCheck.Fluent;

namespace Plumb.Profiles.Tests;

/// <summary>Small profiles of every shape the format allows, for properties.</summary>
internal static class RandomProfile
{
    private static readonly string[] Words = ["", "main", "net/http.(*conn).serve", "a b", "ü", "\u001b[31m", "/src/x.go", "bytes"];

    public static Arbitrary<Profile> Arbitrary { get; } =
        Gen.Choose(0, int.MaxValue - 1).Select(seed => Make(new Random(seed))).ToArbitrary();

    /// <summary>Three profiles that measure the same, so that they can be merged.</summary>
    public static Arbitrary<Profile[]> Compatible { get; } =
        Gen.Choose(0, int.MaxValue - 1).Select(seed =>
        {
            var random = new Random(seed);
            int types = random.Next(1, 4);
            return new[] { Make(random, types), Make(random, types), Make(random, types) };
        }).ToArbitrary();

    public static Profile Make(Random random, int? sampleTypes = null)
    {
        int types = sampleTypes ?? random.Next(1, 4);
        var builder = new ProfileBuilder(new ProfileHeader
        {
            SampleTypes = [.. Enumerable.Range(0, types).Select(i => new SampleType($"type{i}", i == 0 ? "count" : "bytes"))],
            DefaultSampleType = random.Next(2) == 0 ? "" : "type0",
            TimeNanos = random.Next(1, 1000),
            DurationNanos = random.Next(1000),
            PeriodType = SampleType.Cpu,
            Period = random.Next(1, 100),
            Comments = [.. Words.Take(random.Next(3))],
        });
        var mappings = Enumerable.Range(0, random.Next(1, 4)).Select(i => builder.Mapping(
            new Mapping((ulong)(i + 1) * 0x10000, (ulong)(i + 2) * 0x10000, (ulong)i, $"/bin/{i}", i == 0 ? "id" : ""))).ToArray();
        var functions = Enumerable.Range(0, random.Next(1, 8)).Select(i => builder.Function(Pick(random), Pick(random), random.Next(3), $"f{i}")).ToArray();
        var locations = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Location(random, builder, mappings, functions)).ToArray();
        int samples = random.Next(0, 20);
        for (int i = 0; i < samples; i++)
        {
            LocationId[] stack = [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => locations[random.Next(locations.Length)])];
            long[] values = [.. Enumerable.Range(0, types).Select(_ => random.Next(4) == 0 ? 0 : random.NextInt64(-1000, 1_000_000))];
            builder.AddSample(builder.Stack(stack), values, builder.LabelSet(Labels(random, builder)));
        }

        return builder.Build();
    }

    private static LocationId Location(Random random, ProfileBuilder builder, MappingId[] mappings, FunctionId[] functions)
    {
        MappingId mapping = random.Next(3) == 0 ? MappingId.None : mappings[random.Next(mappings.Length)];
        Line[] lines = [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ =>
            new Line(functions[random.Next(functions.Length)], random.Next(100), random.Next(2)))];
        return builder.Location((ulong)random.NextInt64(), mapping, lines, random.Next(10) == 0);
    }

    private static Label[] Labels(Random random, ProfileBuilder builder) =>
        [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => random.Next(2) == 0
            ? Label.OfText(builder.String(Pick(random)), builder.String(Pick(random)))
            : Label.OfNumber(builder.String(Pick(random)), random.Next(-2, 3), builder.String(Pick(random))))];

    private static string Pick(Random random) => Words[random.Next(Words.Length)];
}
