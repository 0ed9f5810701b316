using Plumb.Profiles;

namespace Plumb.Fuzz.Tests;

public sealed class HostileInputTests
{
    // What the refusal says; null for an input that is read.
    private static readonly Dictionary<string, string?> Expected = new()
    {
        ["cpu-claims-depth.cpu"] = "claims 1099511627776 addresses",
        ["cpu-cut-in-word.cpu"] = "ends within a word",
        ["empty"] = "empty",
        ["error-page.html"] = "",
        ["folded-deep.folded.gz"] = "more than the 100000 frames",
        ["goroutine-brackets.txt"] = null,
        ["goroutine-frames-only.txt.gz"] = "more than the 100000 frames",
        ["group.pb"] = "wire type",
        ["gzip-bomb.gz"] = "more than 200 times its size",
        ["gzip-cut.pb.gz"] = "gzip",
        ["gzip-inside-gzip.gz"] = "",
        ["heap-bytes-in-no-object.txt"] = "in no object",
        ["heap-number-too-large.txt"] = "line 2",
        ["label-terminal-escapes.pb"] = null,
        ["location-of-no-function.pb"] = "function 99",
        ["mapping-without-end.pb"] = "ends",
        ["maps-all-overlap.txt.gz"] = null,
        ["maps-hex-without-end.txt.gz"] = null,
        ["maps-names-within-names.txt.gz"] = null,
        ["perf-event-each-line.txt"] = "events that are accepted",
        ["sample-claims-2-gib.pb"] = "claims 2147483648 bytes",
        ["speedscope-deep.json.gz"] = "malformed JSON",
        ["speedscope-frame-out-of-range.json"] = "frame 2147483647 is used",
        ["speedscope-lone-surrogate.json"] = "malformed text",
        ["string-claims-1-tib.pb"] = "claims 1099511627776 bytes",
        ["two-profiles.pb"] = "two profiles",
    };

    public static TheoryData<string> Files => [.. FileNames];

    public static TheoryData<string> Inputs => [.. Corpus.Load(TestData.Root).Select(c => c.Name)];

    private static IEnumerable<string> FileNames =>
        Directory.EnumerateFiles(TestData.Folder("hostile")).Select(f => Path.GetFileName(f)).Where(f => f != "README.md");

    [Theory]
    [MemberData(nameof(Files))]
    public void A_hostile_input_is_read_or_refused_within_bounds(string file)
    {
        byte[] input = File.ReadAllBytes(Path.Combine(TestData.Folder("hostile"), file));
        long before = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Record.Exception(() => ProfileReader.Read(input));

        // Nothing here is larger than 1 MB once inflated, but for the bomb, which must be stopped as a stream.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150 << 20);
        Assert.True(Expected.TryGetValue(file, out string? said), $"say in {nameof(Expected)} and in the README what {file} is");
        if (said is null)
            Assert.Null(refusal);
        else
            Assert.Contains(said, Assert.IsType<ProfileFormatException>(refusal).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_hostile_input_is_explained()
    {
        string explanations = File.ReadAllText(Path.Combine(TestData.Folder("hostile"), "README.md"));

        foreach (string file in FileNames)
            Assert.Contains($"| `{file}` |", explanations, StringComparison.Ordinal);
    }

    [Fact]
    public void No_refusal_carries_an_escape_sequence_to_the_terminal()
    {
        foreach ((string name, byte[] bytes) in Corpus.Load(TestData.Root))
        {
            byte[] poisoned = [.. bytes.AsSpan(0, bytes.Length / 2), .. "\n\u001b[2J\u202e\n"u8, .. bytes.AsSpan(bytes.Length / 2)];
            if (Record.Exception(() => ProfileReader.Read(poisoned)) is { } refusal)
                Assert.True(TerminalText.Escape(refusal.Message) == refusal.Message, $"{name}: {refusal.Message}");
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void However_an_input_is_damaged_only_a_format_exception_comes_out(string name)
    {
        IReadOnlyList<(string Name, byte[] Bytes)> corpus = Corpus.Load(TestData.Root);
        byte[][] donors = [.. corpus.Select(c => c.Bytes)];
        byte[] original = corpus.Single(c => c.Name == name).Bytes;
        // Long inputs take their time; the fuzzer has more of it.
        int mutations = Math.Clamp(4_000_000 / (original.Length + 1), 10, 300);
        for (int seed = 0; seed < mutations; seed++)
        {
            byte[] input = new Mutator(seed, donors).Mutate(original);

            Assert.True(Attempt.Of(FuzzTargets.Profiles, input, input.Length).Fault is var fault && fault is null, $"seed {seed}: {fault}");
        }
    }

    [Fact]
    public void The_same_seed_does_the_same_damage()
    {
        byte[] input = File.ReadAllBytes(Path.Combine(TestData.Folder("profiles"), "cppbench.heap"));

        Assert.Equal(new Mutator(7, [input]).Mutate(input), new Mutator(7, [input]).Mutate(input));
        Assert.NotEqual(new Mutator(7, [input]).Mutate(input), new Mutator(8, [input]).Mutate(input));
    }
}
