using System.Text.Json;
using Plumb.Profiles;
using Plumb.Profiles.Folded;
using Plumb.Reports.Json;
using Plumb.Reports.Listing;
using Plumb.Reports.Measurements;
using Plumb.Reports.Options;
using Plumb.Reports.Tests.Disassembly;

namespace Plumb.Reports.Tests.Json;

/// <summary>The lines of the text are made again from the JSON: what one says, the other says too.</summary>
public class JsonReportTests
{
    private const ulong Work = FakeCode.Base + FakeCode.Start;

    private static readonly ReportOptions Options = ReportText.Plain with { Unit = "bytes", SampleIndex = "space" };

    [Fact]
    public void Top_says_what_its_text_says()
    {
        Report report = Report(ReportFormat.Top, Options);
        JsonElement json = Json(report);

        Assert.Equal(
            Lines(report)[2..],
            Rows(json, "entries").Select(row => $"{Cell(row, "flat")} {Cell(row, "cum")}  {row.GetProperty("name")}{Inline(row)}"),
            (text, made) => Squeeze(text) == Squeeze(made));
        Assert.Equal(Rows(json, "entries").Sum(row => row.GetProperty("flat").GetInt64()), report.Total);
    }

    [Theory]
    [InlineData(ReportFormat.Tree, null)]
    [InlineData(ReportFormat.Peek, "serve")]
    public void Tree_and_peek_say_what_their_text_says(ReportFormat format, string? pattern)
    {
        Report report = Report(format, Options, pattern);
        IEnumerable<string> made = Rows(Json(report), "entries").SelectMany(row => (string[])
            [.. Calls(row, "callers"), $"{Cell(row, "flat")} {Cell(row, "cum")} | {row.GetProperty("name")}", .. Calls(row, "callees")]);

        Assert.Equal(
            Lines(report).Where(line => line.Contains(" | ", StringComparison.Ordinal) && !line.Contains("context", StringComparison.Ordinal)),
            made, (text, row) => Squeeze(text) == Squeeze(row));

        static IEnumerable<string> Calls(JsonElement row, string name) =>
            Rows(row, name).Select(call => $"{Cell(call, "weight")} | {call.GetProperty("name")}{(call.GetProperty("inline").GetBoolean() ? " (inline)" : "")}");
    }

    [Fact]
    public void Traces_say_what_their_text_says()
    {
        Report report = Report(ReportFormat.Traces, Options);
        IEnumerable<string> made = Rows(Json(report), "samples").SelectMany(sample =>
        {
            string[] frames = [.. Rows(sample, "stack").Select(frame => $"{frame.GetProperty("name")}{(frame.GetProperty("inline").GetBoolean() ? " (inline)" : "")}")];
            return (string[])[.. Rows(sample, "labels").Select(Label), $"{Cell(sample, "value")} {frames[0]}", .. frames[1..]];
        });

        Assert.Equal(
            Lines(report).SkipWhile(line => !line.StartsWith('-')).Where(line => !line.StartsWith('-')),
            made, (text, line) => Squeeze(text) == Squeeze(line));

        static string Label(JsonElement label) => label.TryGetProperty("text", out JsonElement text)
            ? $"{label.GetProperty("key")}: {text}"
            : $"{label.GetProperty("key")}: {Measurement.Format(label.GetProperty("number").GetInt64(), label.GetProperty("unit").GetString()!)}";
    }

    [Fact]
    public void Tags_say_what_their_text_says()
    {
        Report report = Report(ReportFormat.Tags, Options);
        IEnumerable<string> made = Rows(Json(report), "keys").SelectMany(key => (string[])
            [$"{key.GetProperty("key")}: Total {Cell(key, "sum")} of {Amount(report.Total)}", .. Rows(key, "values").Select(value => $"{Cell(value, "sum")} : {value.GetProperty("value")}")]);

        Assert.Equal(Lines(report).Where(line => line.Length > 0), made, (text, line) => Squeeze(text) == Squeeze(line));
    }

    [Fact]
    public void Folded_stacks_are_those_of_the_text()
    {
        Report report = Report(ReportFormat.Folded, Options);

        Assert.Equal(
            FoldedText.Format(Reports.Exports.ProfileExport.Of(report), report.Column),
            string.Concat(Rows(Json(report), "stacks").Select(stack =>
                $"{string.Join(';', stack.GetProperty("frames").EnumerateArray())} {stack.GetProperty("value")}\n")));
    }

    [Fact]
    public void Raw_has_the_samples_locations_and_mappings_of_its_text()
    {
        Report report = Report(ReportFormat.Raw, Options);
        JsonElement json = Json(report);
        string[] lines = Lines(report);

        Assert.Equal(
            lines.Where(line => line.StartsWith("         ", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal) && !line.Contains("0x", StringComparison.Ordinal) && !line.Contains('[', StringComparison.Ordinal)),
            Rows(json, "samples").Select(sample =>
                $"{string.Join(' ', sample.GetProperty("values").EnumerateArray())}: {string.Join(' ', sample.GetProperty("locations").EnumerateArray())}"),
            (text, made) => Squeeze(text) == Squeeze(made));
        Assert.Equal(report.Profile.Locations.Count, Rows(json, "locations").Count());
        Assert.Equal("0x400000", Rows(json, "mappings").Single().GetProperty("start").GetString());
        Assert.Equal("space", json.GetProperty("sampleTypes")[1].GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(ReportFormat.Dot)]
    [InlineData(ReportFormat.Callgrind)]
    public void A_graph_has_the_nodes_and_calls_of_its_text(ReportFormat format)
    {
        JsonElement json = Json(Report(format, Options));
        JsonElement[] nodes = [.. Rows(json, "nodes")];
        IEnumerable<string> calls = Rows(json, "edges").Select(edge => $"{Name(edge, "from")} -> {Name(edge, "to")} ({Cell(edge, "weight")})");

        string dot = string.Join('\n', Lines(Report(ReportFormat.Dot, Options with { Granularity = format == ReportFormat.Dot ? default : Granularity.Addresses })));
        Assert.Equal(dot.Split(" -> N").Length - 1 - TagEdges(dot), calls.Count());
        if (format == ReportFormat.Dot)
            Assert.All(calls, call => Assert.Contains($"tooltip=\"{call}\"", dot, StringComparison.Ordinal));

        Assert.Equal("graph", json.GetProperty("view").GetString());

        string Name(JsonElement edge, string end) => nodes.Single(node => node.GetProperty("id").GetInt32() == edge.GetProperty(end).GetInt32()).GetProperty("name").GetString()!;
        static int TagEdges(string dot) => dot.Split(" weight=100 ").Length - 1;
    }

    [Fact]
    public void Labels_of_a_graphs_nodes_have_their_sums()
    {
        JsonElement node = Rows(Json(Report(ReportFormat.Dot, Options)), "nodes").Single(row => row.GetProperty("name").GetString() == "decode");

        Assert.Contains(Rows(node, "labels"), label => label.GetProperty("text").GetString() == "route:/users" && label.GetProperty("flat").GetInt64() == 3072);
    }

    [Fact]
    public void A_list_says_what_its_text_says()
    {
        Report report = Report(ReportFormat.List, Options, "decode");
        var sources = new SomeSource();
        JsonElement routine = Rows(Json(report, sources: sources), "functions").Single();
        IEnumerable<string> made = Rows(routine, "lines").Select(line => $"{Dot(line, "flat")} {Dot(line, "cum")} {line.GetProperty("line")}:{line.GetProperty("text")}");

        string[] text = ReportText.Print(report, sources).Split('\n');
        Assert.Equal(text.Where(line => line.EndsWith("source", StringComparison.Ordinal)), made, (line, row) => Squeeze(line) == Squeeze(row));
        Assert.Contains($"{Cell(routine, "flat"),10} {Cell(routine, "cum"),10} (flat, cum)", string.Join('\n', text), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, routine.GetProperty("error").ValueKind);
    }

    [Fact]
    public void A_source_that_is_not_found_is_said() =>
        Assert.Equal("could not find file codec.go", Rows(Json(Report(ReportFormat.List, Options, "decode")), "functions").Single().GetProperty("error").GetString());

    [Fact]
    public void A_disassembly_says_what_its_text_says()
    {
        Report report = ReportText.Report(FakeCode.Profile((Work, 5), (Work + 8, 7)), ReportFormat.Disassembly, ReportText.Plain, "work");
        JsonElement function = Rows(Json(report, new FakeCode()), "functions").Single();

        Assert.Equal(["work", "alias"], function.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["0x1000", "0x1004", "0x1008", "0x100c"], Rows(function, "instructions").Select(row => row.GetProperty("address").GetString()));
        Assert.Equal([5L, 0, 7, 0], Rows(function, "instructions").Select(row => row.GetProperty("flat").GetInt64()));
        Assert.Equal("prog.c", Rows(function, "instructions").First().GetProperty("file").GetString());
        Assert.Equal(12, function.GetProperty("cum").GetInt64());
    }

    [Fact]
    public void A_weblist_has_lines_with_their_instructions_and_inlined_calls()
    {
        Report report = ReportText.Report(FakeCode.Profile((Work, 5), (Work + 8, 7)), ReportFormat.WebList, ReportText.Plain, "work");
        JsonElement function = Rows(Rows(Json(report, new FakeCode(), new SomeSource()), "files").Single(), "functions").Single();

        JsonElement eleven = Rows(function, "lines").Single(line => line.GetProperty("line").ValueKind == JsonValueKind.Number && line.GetProperty("line").GetInt64() == 11);
        Assert.Equal(7, eleven.GetProperty("flat").GetInt64());
        Assert.Equal(2, Rows(Rows(eleven, "instructions").First(), "inlinedCalls").Single().GetProperty("line").GetInt64());
    }

    [Fact]
    public void What_a_profile_says_of_itself_is_on_every_view()
    {
        foreach (ReportFormat format in new[] { ReportFormat.Top, ReportFormat.Comments, ReportFormat.Proto, ReportFormat.TopProto })
        {
            JsonElement json = Json(Report(format, Options with { Focus = "serve" }));

            Assert.Equal(1, json.GetProperty("schema").GetInt32());
            Assert.Equal("shop", json.GetProperty("file").GetString());
            Assert.Equal("space", json.GetProperty("sampleType").GetString());
            Assert.Equal("bytes", json.GetProperty("unit").GetString());
            Assert.Equal(["a remark"], json.GetProperty("comments").EnumerateArray().Select(text => text.GetString()));
            Assert.Equal(["focus=serve"], json.GetProperty("filters").EnumerateArray().Select(text => text.GetString()));
            Assert.Equal(10_000_000_000, json.GetProperty("durationNanos").GetInt64());
        }
    }

    [Fact]
    public void Values_are_divided_as_in_the_text()
    {
        Report report = Report(ReportFormat.Top, Options with { DivideBy = 3 });

        Assert.Contains(Lines(report)[2..], line => line.Contains(" 1024B ", StringComparison.Ordinal));
        Assert.Contains(Rows(Json(report), "entries"), row => row.GetProperty("flat").GetInt64() == 1024);
    }

    [Fact]
    public void Names_cannot_leave_their_string_write_to_a_terminal_or_be_markup()
    {
        Profile profile = FoldedText.Parse("main;\e]0;x\u0007\u202e\"<script>\u2028 1");
        using var target = new MemoryStream();
        JsonReport.Write(ReportText.Report(profile, ReportFormat.Top, ReportText.Plain), new SomeSource(), null, target);

        Assert.All(target.ToArray(), b => Assert.InRange(b, (byte)' ', (byte)'~'));
        Assert.DoesNotContain("<script", System.Text.Encoding.ASCII.GetString(target.ToArray()), StringComparison.Ordinal);
        Assert.Contains("\e]0", JsonDocument.Parse(target.ToArray()).RootElement.GetProperty("entries").ToString().Replace("\\u001B", "\e", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_that_cannot_be_made_writes_nothing()
    {
        using var target = new MemoryStream();

        Assert.Throws<ReportException>(() => JsonReport.Write(Report(ReportFormat.Peek, Options, "nothing"), new SomeSource(), null, target));
        Assert.Equal(0, target.Length);
    }

    [Fact]
    public void Traces_go_out_piece_by_piece()
    {
        Profile profile = FoldedText.Parse(string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"main;work{i} 1")));
        using var target = new CountingStream();

        JsonReport.Write(ReportText.Report(profile, ReportFormat.Traces, ReportText.Plain), new SomeSource(), null, target);

        Assert.InRange(target.Largest, 1, 256 << 10);
        Assert.True(target.Total > 4 * target.Largest);
    }

    // Two sample types, inlined calls, labels of both kinds, an address without symbols.
    private static Profile Sample()
    {
        var builder = new ProfileBuilder(new ProfileHeader
        {
            SampleTypes = [new SampleType("objects", "count"), new SampleType("space", "bytes")],
            Comments = ["a remark"],
            DurationNanos = 10_000_000_000,
            PeriodType = new SampleType("space", "bytes"),
            Period = 524288,
        });
        MappingId mapping = builder.Mapping(new Mapping(0x400000, 0x500000, 0, "/bin/shop", "abc") { HasFunctions = true });
        FunctionId main = builder.Function("main", "main.go", 1), serve = builder.Function("serve", "main.go", 5), decode = builder.Function("decode", "codec.go", 2);
        LocationId leaf = builder.Location(0x400010, mapping, [new Line(decode, 3), new Line(serve, 7)]);
        LocationId root = builder.Location(0x400020, mapping, [new Line(main, 2)]);
        LocationId unknown = builder.Location(0x400030, mapping, []);
        LabelSetId labels = builder.LabelSet(
            Label.OfText(builder.String("route"), builder.String("/users")), Label.OfNumber(builder.String("request"), 2048, builder.String("bytes")));
        builder.AddSample(builder.Stack([leaf, root]), [1, 3072], labels);
        builder.AddSample(builder.Stack([root]), [2, 640]);
        builder.AddSample(builder.Stack([unknown, leaf, root]), [3, 100]);
        return builder.Build();
    }

    private static Report Report(ReportFormat format, ReportOptions options, string? pattern = null) => ReportText.Report(Sample(), format, options, pattern);

    private static string[] Lines(Report report) =>
        ReportText.Print(report, new FakeCode { IsThere = false }).TrimEnd('\n').Split('\n');

    private static JsonElement Json(Report report, FakeCode? code = null, ISourceFiles? sources = null)
    {
        using var target = new MemoryStream();
        JsonReport.Write(report, sources ?? new NoSources(), code, target);
        return JsonDocument.Parse(target.ToArray()).RootElement;
    }

    private static JsonElement.ArrayEnumerator Rows(JsonElement json, string name) => json.GetProperty(name).EnumerateArray();

    private static string Amount(long value) => Measurement.Format(value, "bytes", "bytes");

    private static string Cell(JsonElement row, string name) => Amount(row.GetProperty(name).GetInt64());

    private static string Dot(JsonElement row, string name) => row.GetProperty(name).GetInt64() == 0 ? "." : Cell(row, name);

    private static string Inline(JsonElement row) => row.GetProperty("inline").GetString() switch
    {
        "all" => " (inline)",
        "some" => " (partial-inline)",
        _ => "",
    };

    // Without blanks and percentages, which the JSON leaves to its reader.
    private static string Squeeze(string line) =>
        string.Concat(string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !word.TrimEnd(')', ':').EndsWith('%'))).Where(c => !char.IsWhiteSpace(c) && c is not ':' and not '('));

    private sealed class NoSources : ISourceFiles
    {
        public SourceText Find(string path) => SourceText.Missing($"could not find file {path}");
    }

    private sealed class SomeSource : ISourceFiles
    {
        public SourceText Find(string path) => new([.. Enumerable.Range(1, 30).Select(_ => "source")]);
    }

    private sealed class CountingStream : MemoryStream
    {
        public int Largest { get; private set; }

        public long Total { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Largest = Math.Max(Largest, buffer.Length);
            Total += buffer.Length;
        }
    }
}
