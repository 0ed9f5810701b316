using System.Text;
using Plumb.Profiles.Folded;

namespace Plumb.Profiles.Tests.Interchange;

public sealed class SpeedscopeTests
{
    [Fact]
    public void Sampled_and_evented_profiles_are_added_up_by_stack()
    {
        Profile profile = ProfileReader.Read(TestData.Profile("speedscope.json"));

        Assert.Equal("time/nanoseconds", Assert.Single(profile.SampleTypes).ToString());
        // main: 1 ms + 0.5 ms, 2 ms. worker: 50 + 50 + 300 us open to the end, 300 + 100 us.
        Assert.Equal("main 400000\nmain;parse 1500000\nmain;parse;scan 2000000\nmain;scan 400000\n", FoldedText.Format(profile, 0));
        Assert.Equal(["main", "main", "worker", "worker"], Enumerable.Range(0, 4).Select(i => profile.Strings[profile.Sample(i).Labels[0].Text]));
    }

    [Fact]
    public void Frames_have_their_file_line_and_column()
    {
        Profile profile = ProfileReader.Read(TestData.Profile("speedscope.json"));

        Line line = profile.Locations[profile.Sample(0).Stack[0]].Lines[0];
        Assert.Equal(("parse", "parse.js", 12, 4), (profile.Function(line.Function).Name, profile.Function(line.Function).File, line.Number, line.Column));
    }

    [Theory]
    [InlineData("seconds", 0.000000002, "time/nanoseconds", 2)]
    [InlineData("nanoseconds", 3, "time/nanoseconds", 3)]
    [InlineData("bytes", 4096, "space/bytes", 4096)]
    [InlineData("none", 5, "samples/count", 5)]
    public void Units_become_sample_types(string unit, double weight, string type, long value)
    {
        Profile profile = Read(Sampled($"[[0]]", FormattableString.Invariant($"[{weight}]"), unit));

        Assert.Equal(type, profile.SampleTypes[0].ToString());
        Assert.Equal(value, profile.Sample(0).Values[0]);
    }

    [Theory]
    [InlineData("{}", "not of speedscope")]
    [InlineData("{\"traceEvents\": []}", "not of speedscope")]
    [InlineData("{\"profiles\": 3}", "expected StartArray")]
    [InlineData("{\"shared\": {\"frames\": [", "malformed JSON")]
    [InlineData("{\"shared\": {\"frames\": [}", "malformed JSON")]
    public void What_is_no_speedscope_file_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<ProfileFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[[0],[0]]", "[1]", "2 samples, but 1 weights")]
    [InlineData("[[7]]", "[1]", "frame 7 is used, but there are 1")]
    [InlineData("[[-1]]", "[1]", "found -1")]
    [InlineData("[[\"a\"]]", "[1]", "expected Number")]
    public void Samples_that_make_no_sense_are_refused(string samples, string weights, string reason) =>
        Assert.Contains(reason, Assert.Throws<ProfileFormatException>(() => Read(Sampled(samples, weights, "none"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"type":"C","frame":0,"at":1}""")]
    [InlineData("""{"type":"O","frame":0,"at":5},{"type":"C","frame":0,"at":4}""")]
    [InlineData("""{"type":"O","frame":0,"at":1},{"type":"C","frame":1,"at":2}""")]
    [InlineData("""{"type":"X","frame":0,"at":1}""")]
    public void Events_that_do_not_nest_are_refused(string events) =>
        Assert.Throws<ProfileFormatException>(() => Read($$"""{"shared":{"frames":[{"name":"a"},{"name":"b"}]},"profiles":[{"type":"evented","events":[{{events}}]}]}"""));

    [Fact]
    public void A_name_longer_than_the_buffer_and_a_byte_order_mark_are_read()
    {
        string name = new('x', 200_000);
        Profile profile = Read("\uFEFF{\"shared\":{\"frames\":[{\"name\":\"" + name + "\"}]},\"profiles\":[{\"samples\":[[0]],\"weights\":[1]}]}");

        Assert.Equal(name + " 1\n", FoldedText.Format(profile, 0));
    }

    private static string Sampled(string samples, string weights, string unit) =>
        $$"""{"shared":{"frames":[{"name":"a"}]},"profiles":[{"type":"sampled","unit":"{{unit}}","samples":{{samples}},"weights":{{weights}}}]}""";

    private static Profile Read(string text) => ProfileReader.Read(Encoding.UTF8.GetBytes(text));
}
