using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Reports.Options;

namespace Plumb.Web.Tests;

/// <summary>
/// The pages show the numbers of the reference's pages. The golden files hold what its flame graph and its table of google/pprof at b9395ee say of a
/// profile: for each box its depth, total, own part and name, below each other the calls by name; then flat, cum and name of each entry. Those of peek are
/// the text of its page, in the sample type's own unit.
/// </summary>
public sealed class ReferenceNumbersTests
{
    [Theory]
    [InlineData("java.cpu", "java.cpu", "")]
    [InlineData("java.heap", "java.heap", "")]
    [InlineData("java.contention", "java.contention", "")]
    [InlineData("go1.19.json.cpu", "go1.19.json.cpu", "")]
    [InlineData("go1.19.json.cpu", "go1.19.json.cpu.focus", "f=reflect&i=runtime")]
    [InlineData("go1.19.json.cpu", "go1.19.json.cpu.hide", "h=encode&sf=Marshal")]
    public async Task The_flame_graph_and_the_table_have_the_numbers_of_the_reference(string profile, string golden, string query)
    {
        await using FileStream file = File.OpenRead(Path.Combine(TestProfiles.TestData(), "profiles", profile));
        var selection = ProfileSelection.All(ProfileReader.Read(file).WithStandInMapping());
        await using WebServer server = await TestProfiles.ServeAsync(new ProfileSession(selection, ReportOptions.Default));
        using var client = new HttpClient { BaseAddress = server.Address };

        byte[] flame = await client.GetByteArrayAsync(new Uri($"api/flame?trim=false&{query}", UriKind.Relative));
        JsonElement top = JsonDocument.Parse(await client.GetStringAsync(new Uri($"api/top?{query}", UriKind.Relative))).RootElement;

        string[] expected = [.. (await File.ReadAllLinesAsync(Path.Combine(TestProfiles.TestData(), "golden", "web", golden + ".txt"))).Skip(1)];
        Assert.Equal(expected, (string[])[.. Flame(flame), "top", .. Top(top)]);
    }

    // The page of the reference shows lines, and only samples with the focus.
    [Theory]
    [InlineData("go1.19.json.cpu", "Marshal")]
    [InlineData("java.heap", ".")]
    [InlineData("java.contention", "java")]
    public async Task Peek_has_the_numbers_of_the_reference(string profile, string pattern)
    {
        await using FileStream file = File.OpenRead(Path.Combine(TestProfiles.TestData(), "profiles", profile));
        var selection = ProfileSelection.All(ProfileReader.Read(file).WithStandInMapping());
        await using WebServer server = await TestProfiles.ServeAsync(new ProfileSession(selection, ReportOptions.Default));
        using var client = new HttpClient { BaseAddress = server.Address };

        string answer = await client.GetStringAsync(new Uri($"api/peek?symbol={pattern}&f={pattern}&g=lines", UriKind.Relative));

        string[] expected = await File.ReadAllLinesAsync(Path.Combine(TestProfiles.TestData(), "golden", "web", profile + ".peek.txt"));
        Assert.Equal(Peek(expected), Peek(JsonDocument.Parse(answer).RootElement));
    }

    /// <summary>The rows of the text that the reference's page shows, without percentages: a call is its weight and name, an entry its flat and cum and name.</summary>
    private static IEnumerable<string> Peek(string[] text)
    {
        foreach (string line in text.SkipWhile(line => !line.StartsWith("---", StringComparison.Ordinal)).Skip(3))
        {
            string[] sides = line.Split('|', 2);
            if (sides.Length == 1)
                continue;

            string[] figures = sides[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string name = sides[1][1..];
            yield return name.StartsWith("  ", StringComparison.Ordinal) ? $"{Amount(figures[0])} {name.TrimStart()}" : $"{Amount(figures[0])} {Amount(figures[3])} {name}";
        }

        static string Amount(string text) => text.TrimEnd('n', 'u', 's', 'B');
    }

    private static IEnumerable<string> Peek(JsonElement peek)
    {
        foreach (JsonElement entry in peek.GetProperty("entries").EnumerateArray())
        {
            foreach (JsonElement caller in entry.GetProperty("callers").EnumerateArray())
                yield return Call(caller);

            yield return string.Create(CultureInfo.InvariantCulture, $"{entry.GetProperty("flat").GetInt64()} {entry.GetProperty("cum").GetInt64()} {Name(entry)}");
            foreach (JsonElement callee in entry.GetProperty("callees").EnumerateArray())
                yield return Call(callee);
        }

        string Name(JsonElement of) => peek.GetProperty("names")[of.GetProperty("name").GetInt32()].GetString()!;
        string Call(JsonElement call) => string.Create(
            CultureInfo.InvariantCulture, $"{call.GetProperty("weight").GetInt64()} {Name(call)}{(call.GetProperty("inline").GetBoolean() ? " (inline)" : "")}");
    }

    private static IEnumerable<string> Flame(byte[] bytes)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        JsonElement header = JsonDocument.Parse(bytes.AsMemory(sizeof(int), length)).RootElement;
        string[] names = [.. header.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)];
        int count = header.GetProperty("callees").GetProperty("count").GetInt32();
        var numbers = new Numbers(bytes, sizeof(int) + length);
        long[] frames = numbers.Take(count, signed: false), depths = numbers.Take(count, signed: true), totals = numbers.Take(count, signed: true), selves = numbers.Take(count, signed: true);

        var root = new Node(0, totals[0], selves[0], "root");
        var path = new List<Node> { root };
        long depth = depths[0];
        for (int i = 1; i < count; i++)
        {
            depth += depths[i];
            var node = new Node((int)depth, totals[i], selves[i], names[frames[i] - 1]);
            path.RemoveRange((int)depth, path.Count - (int)depth);
            path[^1].Children.Add(node);
            path.Add(node);
        }

        return root.Lines().Prepend(string.Create(CultureInfo.InvariantCulture, $"total {header.GetProperty("view").GetProperty("total").GetInt64()}"));
    }

    private static IEnumerable<string> Top(JsonElement top) =>
        top.GetProperty("names").EnumerateArray()
            .Select((name, row) => (Name: name.GetString()!, Flat: top.GetProperty("flat")[row].GetInt64(), Cum: top.GetProperty("cum")[row].GetInt64()))
            .Where(entry => entry.Flat != 0 || entry.Cum != 0)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Flat} {entry.Cum} {entry.Name}"));

    private sealed record Node(int Depth, long Total, long Self, string Name)
    {
        public List<Node> Children { get; } = [];

        public IEnumerable<string> Lines() => Children.OrderBy(child => child.Name, StringComparer.Ordinal).SelectMany(child => child.Lines())
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"{Depth} {Total} {Self} {Name}"));
    }

    /// <summary>Reads numbers of seven bits a byte, low bits first.</summary>
    private sealed class Numbers(byte[] bytes, int at)
    {
        private int _at = at;

        public long[] Take(int count, bool signed) => [.. Enumerable.Range(0, count).Select(_ => Next(signed))];

        private long Next(bool signed)
        {
            ulong value = 0;
            int shift = 0;
            byte part;
            do
            {
                part = bytes[_at++];
                value |= (ulong)(part & 0x7F) << shift;
                shift += 7;
            }
            while (part >= 0x80);

            return signed ? (long)(value >> 1) ^ -(long)(value & 1) : (long)value;
        }
    }
}
