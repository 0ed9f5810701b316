using System.Text;
using Plumb.Collectors.Recording;

namespace Plumb.Collectors.Tests.Recording;

public sealed class SavedSeriesTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private readonly string _outside = Directory.CreateTempSubdirectory("plumb-series-").FullName;
    private readonly string _folder;

    public SavedSeriesTests()
    {
        _folder = Path.Combine(_outside, "series");
        Directory.CreateDirectory(_folder);
    }

    public void Dispose() => Directory.Delete(_outside, recursive: true);

    [Fact]
    public void What_is_saved_is_read_back()
    {
        Capture[] captures =
        [
            new()
            {
                Sequence = 0,
                At = s_start,
                Heap = Gzip.Of("heap 0"),
                Goroutine = Gzip.Of("goroutine 0"),
                GoroutineText = Encoding.UTF8.GetBytes("goroutine 1 [running]:\n"),
                Metrics = new Dictionary<string, double> { ["rss_bytes"] = 1.5e9, ["fds.socket"] = 12, ["cpu_seconds"] = 0.25 },
            },
            new() { Sequence = 2, At = s_start.AddSeconds(5.125), Goroutine = Gzip.Of("goroutine 2") },
        ];
        using (SeriesWriter writer = SeriesWriter.Create(_folder))
        {
            foreach (Capture capture in captures)
            {
                writer.Append(capture);
            }
        }

        SeriesReading reading = Read();
        Assert.Empty(reading.Notes);
        Assert.Equal(2, reading.Captures.Count);
        Assert.Equal([0, 2], reading.Captures.Select(capture => capture.Sequence));
        Assert.Equal(captures.Select(capture => capture.At), reading.Captures.Select(capture => capture.At));
        Assert.Equal(captures[0].Metrics, reading.Captures[0].Metrics);
        Assert.Equal(captures[0].Heap!.Value.ToArray(), reading.Captures[0].Heap!.Value.ToArray());
        Assert.Equal(captures[0].GoroutineText!.Value.ToArray(), reading.Captures[0].GoroutineText!.Value.ToArray());
        Assert.Null(reading.Captures[1].Heap);
        Assert.Null(reading.Captures[1].GoroutineText);
    }

    [Fact]
    public void The_saved_line_is_the_documented_one()
    {
        using (SeriesWriter writer = SeriesWriter.Create(_folder))
        {
            writer.Append(new Capture
            {
                Sequence = 0,
                At = s_start,
                Heap = new byte[] { 10, 0 },
                Goroutine = Gzip.Of("g"),
                GoroutineText = Encoding.UTF8.GetBytes("t"),
                Metrics = new Dictionary<string, double> { ["fds"] = 3 },
            });
        }

        Assert.Equal(
            """{"seq":0,"at":"2026-11-21T08:00:00.000Z","files":{"heap":"000.heap.pb.gz","goroutine":"000.goroutine.pb.gz","goroutine2":"000.goroutine2.txt.gz"},"metrics":{"fds":3}}""" + "\n",
            File.ReadAllText(Path.Combine(_folder, "series.jsonl")));
        Assert.All(Directory.GetFiles(_folder, "*.gz"), file => Assert.Equal([0x1f, 0x8b], File.ReadAllBytes(file)[..2]));
    }

    [Fact]
    public void A_series_is_complete_after_every_snapshot()
    {
        using SeriesWriter writer = SeriesWriter.Create(_folder);
        for (int i = 0; i < 3; i++)
        {
            writer.Append(new Capture { Sequence = i, At = s_start.AddSeconds(i), Heap = Gzip.Of("h") });
            Assert.Equal(i + 1, Read().Captures.Count);
        }
    }

    [Fact]
    public void A_saved_series_is_not_overwritten()
    {
        SeriesWriter.Create(_folder).Dispose();
        IOException refused = Assert.Throws<IOException>(() => SeriesWriter.Create(_folder));
        Assert.Contains("already", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshots_are_put_in_order_and_repeats_left_out()
    {
        Write("a.gz", Gzip.Of("a"));
        Index(Line(2, "a.gz"), Line(0, "a.gz"), Line(2, "a.gz"), "", Line(1, "a.gz"));
        SeriesReading reading = Read();
        Assert.Equal([0, 1, 2], reading.Captures.Select(capture => capture.Sequence));
        Assert.Contains("repeats", Assert.Single(reading.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"seq":1,"at":"2026-11-21T08""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"at":"2026-11-21T08:00:00Z","files":{"heap":"a.gz"}}""")]
    [InlineData("""{"seq":-1,"at":"2026-11-21T08:00:00Z","files":{"heap":"a.gz"}}""")]
    [InlineData("""{"seq":1.5,"at":"2026-11-21T08:00:00Z","files":{"heap":"a.gz"}}""")]
    [InlineData("""{"seq":"1","at":"2026-11-21T08:00:00Z","files":{"heap":"a.gz"}}""")]
    [InlineData("""{"seq":1,"at":"yesterday","files":{"heap":"a.gz"}}""")]
    [InlineData("""{"seq":1,"at":"2026-11-21T08:00:00Z"}""")]
    [InlineData("""{"seq":1,"at":"2026-11-21T08:00:00Z","files":{}}""")]
    [InlineData("""{"seq":1,"at":"2026-11-21T08:00:00Z","files":[]}""")]
    [InlineData("""{"seq":1,"at":"2026-11-21T08:00:00Z","files":{"heap":5}}""")]
    public void A_line_that_is_wrong_costs_only_itself(string line)
    {
        Write("a.gz", Gzip.Of("a"));
        Index(Line(0, "a.gz"), line);
        SeriesReading reading = Read();
        Assert.Single(reading.Captures);
        Assert.NotEmpty(reading.Notes);
    }

    [Theory]
    [InlineData("../secret.gz")]
    [InlineData("sub/../../secret.gz")]
    [InlineData("/etc/passwd")]
    [InlineData("./a.gz")]
    [InlineData("sub//a.gz")]
    [InlineData("..\\\\secret.gz")]
    [InlineData("C:secret.gz")]
    [InlineData("a.gz\\u0000")]
    [InlineData("")]
    [InlineData("missing.gz")]
    [InlineData("empty.gz")]
    [InlineData("link.gz")]
    [InlineData("linked/secret.gz")]
    [InlineData("sub")]
    public void No_name_leads_out_of_the_folder_or_to_something_that_is_no_file(string name)
    {
        Write("a.gz", Gzip.Of("a"));
        Write("empty.gz", []);
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        File.WriteAllBytes(Path.Combine(_outside, "secret.gz"), Gzip.Of("secret"));
        File.CreateSymbolicLink(Path.Combine(_folder, "link.gz"), Path.Combine(_outside, "secret.gz"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), _outside);
        Index(Line(0, "a.gz"), Line(1, name));
        SeriesReading reading = Read();
        Assert.Equal(0, Assert.Single(reading.Captures).Sequence);
        Assert.Contains(reading.Notes, note => note.StartsWith("line 2: the heap file", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_in_a_sub_folder_is_read()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        Write("sub/a.gz", Gzip.Of("a"));
        Index(Line(0, "sub/a.gz"));
        Assert.NotNull(Assert.Single(Read().Captures).Heap);
    }

    [Fact]
    public void Metrics_that_are_no_numbers_are_left_out()
    {
        Write("a.gz", Gzip.Of("a"));
        Index("""{"seq":0,"at":"2026-11-21T08:00:00Z","files":{"heap":"a.gz"},"metrics":{"fds":3,"rss_bytes":null,"x":"7","y":{"z":1},"huge":1e999},"later":[1]}""");
        Assert.Equal(new Dictionary<string, double> { ["fds"] = 3 }, Assert.Single(Read().Captures).Metrics);
    }

    [Fact]
    public void A_bomb_in_the_goroutine_text_is_left_out()
    {
        Write("bomb.gz", Gzip.Bomb(mebibytes: 64));
        Write("a.gz", Gzip.Of("a"));
        Index("""{"seq":0,"at":"2026-11-21T08:00:00Z","files":{"heap":"a.gz","goroutine2":"bomb.gz"}}""");
        SeriesReading reading = Read(new SeriesLimits { MaxTextBytes = 1 << 20 });
        Assert.Null(Assert.Single(reading.Captures).GoroutineText);
        Assert.Single(reading.Notes);
    }

    [Fact]
    public void Nothing_is_read_beyond_the_limits()
    {
        Write("a.gz", Gzip.Of(new string('a', 100)));
        Index([.. Enumerable.Range(0, 20).Select(i => Line(i, "a.gz"))]);
        long size = new FileInfo(Path.Combine(_folder, "a.gz")).Length;
        Assert.Equal(5, Read(new SeriesLimits { MaxLines = 5 }).Captures.Count);
        Assert.Equal(3, Read(new SeriesLimits { MaxTotalBytes = 3 * size }).Captures.Count);
        Assert.Throws<SeriesFormatException>(() => Read(new SeriesLimits { MaxFileBytes = size - 1 }));
        Assert.Throws<SeriesFormatException>(() => Read(new SeriesLimits { MaxLineBytes = 20 }));
    }

    [Fact]
    public void A_line_that_is_too_long_is_skipped_and_the_next_one_read()
    {
        Write("a.gz", Gzip.Of("a"));
        Index(new string('x', 300_000), Line(1, "a.gz"), new string('y', 200));
        SeriesReading reading = Read(new SeriesLimits { MaxLineBytes = 150 });
        Assert.Equal(1, Assert.Single(reading.Captures).Sequence);
        Assert.Equal(2, reading.Notes.Count);
    }

    [Fact]
    public void A_folder_without_a_series_is_no_series()
    {
        Assert.False(SeriesReader.IsSeries(_folder));
        Assert.Throws<SeriesFormatException>(() => Read());
        Index();
        Assert.True(SeriesReader.IsSeries(_folder));
        Assert.Throws<SeriesFormatException>(() => Read());
    }

    private static string Line(int sequence, string name) =>
        $$$"""{"seq":{{{sequence}}},"at":"2026-11-21T08:00:00.000Z","files":{"heap":"{{{name}}}"}}""";

    private SeriesReading Read(SeriesLimits? limits = null) => SeriesReader.Read(_folder, limits ?? SeriesLimits.Default, CancellationToken.None);

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder, name), bytes);

    private void Index(params string[] lines) => File.WriteAllText(Path.Combine(_folder, "series.jsonl"), string.Join('\n', lines) + "\n");
}
