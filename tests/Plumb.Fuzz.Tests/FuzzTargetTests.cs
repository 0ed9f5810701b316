using Plumb.Collectors.Loading.Requests;
using Plumb.Collectors.Recording;

namespace Plumb.Fuzz.Tests;

public sealed class FuzzTargetTests
{
    private static readonly Uri s_service = new("http://shop");

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    // Those of the profiles have tests of their own.
    public static TheoryData<string> HostileFiles =>
        [.. Directory.EnumerateDirectories(TestData.Folder("hostile")).SelectMany(Directory.EnumerateFiles).Select(file => Path.GetRelativePath(TestData.Folder("hostile"), file))];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Each_target_reads_an_input_to_start_from(string name)
    {
        FuzzTarget target = Target(name);

        Assert.Contains(target.Seeds(TestData.Root), seed => Attempt.Of(target, seed.Bytes, seed.Bytes.Length) is { WasRead: true, Fault: null });
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void However_an_input_is_damaged_nothing_escapes_but_what_the_reader_documents(string name)
    {
        FuzzTarget target = Target(name);
        IReadOnlyList<(string Name, byte[] Bytes)> seeds = target.Seeds(TestData.Root);
        byte[][] donors = [.. seeds.Select(seed => seed.Bytes)];
        var watch = System.Diagnostics.Stopwatch.StartNew();
        // At least so many whatever the machine does; more where they are quick.
        for (int seed = 0; seed < 200 || (seed < 3000 && watch.Elapsed < TimeSpan.FromSeconds(2)); seed++)
        {
            (string start, byte[] bytes) = seeds[seed % seeds.Count];
            byte[] input = new Mutator(seed, donors).Mutate(bytes);

            Attempt attempt = Attempt.Of(target, input, input.Length);

            Assert.True(attempt.Fault is null, $"{start}, seed {seed}: {attempt.Fault}");
        }
    }

    [Theory]
    [MemberData(nameof(HostileFiles))]
    public void A_hostile_file_is_explained_and_within_bounds(string file)
    {
        byte[] input = File.ReadAllBytes(Path.Combine(TestData.Folder("hostile"), file));

        Assert.Null(Attempt.Of(Target(Path.GetDirectoryName(file)!), input, input.Length).Fault);
        Assert.Contains($"| `{file.Replace('\\', '/')}` |", File.ReadAllText(Path.Combine(TestData.Folder("hostile"), "README.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openapi-lone-surrogate.json")]
    [InlineData("openapi-not-utf8.json")]
    public void An_OpenAPI_document_with_a_name_that_is_no_text_is_refused(string file)
    {
        byte[] document = File.ReadAllBytes(Path.Combine(TestData.Folder("hostile"), "requests", file));

        Assert.Contains("no Unicode", Assert.Throws<RequestFormatException>(() => OpenApiRoutes.Parse(document, s_service)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_route_to_a_host_that_no_machine_can_have_is_refused()
    {
        string routes = File.ReadAllText(Path.Combine(TestData.Folder("hostile"), "requests", "host-of-no-name.txt"));

        Assert.Contains(
            "is not an http or https address", Assert.Throws<RequestFormatException>(() => RouteText.Parse(routes, s_service, _ => default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lone-surrogate.jsonl")]
    [InlineData("not-utf8.jsonl")]
    public void A_line_of_a_series_that_is_no_text_is_left_out_and_noted(string file)
    {
        string folder = Directory.CreateTempSubdirectory("plumb-series").FullName;
        try
        {
            File.Copy(Path.Combine(TestData.Folder("hostile"), "series", file), Path.Combine(folder, "series.jsonl"));
            File.AppendAllText(Path.Combine(folder, "series.jsonl"), """{"seq":7,"at":"2026-11-21T15:48:22Z","files":{"heap":"heap.pb.gz"}}""");
            File.WriteAllText(Path.Combine(folder, "heap.pb.gz"), "x");

            SeriesReading reading = SeriesReader.Read(folder, SeriesLimits.Default, CancellationToken.None);

            Assert.Equal([7], reading.Captures.Select(capture => capture.Sequence));
            Assert.Contains(reading.Notes, note => note.Contains("line 1 has a text that is no Unicode", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FuzzTarget Target(string name) => FuzzTargets.All.Single(target => target.Name == name);
}
