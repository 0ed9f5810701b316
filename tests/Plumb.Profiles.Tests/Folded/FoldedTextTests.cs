using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumb.Profiles.Folded;

namespace Plumb.Profiles.Tests.Folded;

public sealed class FoldedTextTests
{
    [Fact]
    public void A_line_is_a_stack_root_first_and_its_value()
    {
        Profile profile = FoldedText.Parse("main;serve;decode 3\n", SampleType.Cpu);

        Assert.Equal(SampleType.Cpu, Assert.Single(profile.SampleTypes));
        Assert.Equal(1, profile.Samples.Count);
        Assert.Equal([3], profile.Sample(0).Values);
        Assert.Equal(["decode", "serve", "main"], LeafFirst(profile, 0));
    }

    [Fact]
    public void Without_a_type_the_values_count_samples() =>
        Assert.Equal(SampleType.Samples, Assert.Single(FoldedText.Parse("main 1").SampleTypes));

    [Fact]
    public void There_are_as_many_values_as_sample_types()
    {
        Profile profile = FoldedText.Parse("main;a b 1 -20", new SampleType("objects", "count"), new SampleType("space", "bytes"));

        Assert.Equal([1, -20], profile.Sample(0).Values);
        Assert.Equal(["a b", "main"], LeafFirst(profile, 0));
    }

    [Fact]
    public void Comments_and_blank_lines_are_passed_over()
    {
        Profile profile = FoldedText.Parse("# made by hand\r\n\r\n   \nmain 1\r\n");

        Assert.Equal(1, profile.Samples.Count);
        Assert.Equal(["main"], LeafFirst(profile, 0));
    }

    [Fact]
    public void A_value_alone_is_an_empty_stack()
    {
        Profile profile = FoldedText.Parse("7\nmain 1");

        Assert.Equal([7], profile.Sample(0).Values);
        Assert.Equal(0, profile.Sample(0).Stack.Length);
    }

    [Theory]
    [InlineData("main;serve")]
    [InlineData("main 3.5")]
    [InlineData("main 99999999999999999999")]
    public void A_line_without_its_value_is_named_by_its_number(string line)
    {
        var fault = Assert.Throws<ProfileFormatException>(() => FoldedText.Parse("main 1\n" + line));

        Assert.Equal(2, fault.Line);
        Assert.Contains(line, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_escape_sequence_in_a_faulty_line_does_not_reach_the_terminal()
    {
        var fault = Assert.Throws<ProfileFormatException>(() => FoldedText.Parse("\x1b[2J"));

        Assert.DoesNotContain('\x1b', fault.Message);
    }

    [Fact]
    public void Equal_stacks_are_added_up_and_lines_are_in_the_order_of_names()
    {
        Profile profile = FoldedText.Parse("""
            main;b 1
            main;a;x 2
            main;b 3
            main 4
            main;a 0
            """);

        Assert.Equal("main 4\nmain;a;x 2\nmain;b 4\n", FoldedText.Format(profile, 0));
    }

    [Fact]
    public void Columns_are_written_in_the_order_asked_for()
    {
        Profile profile = FoldedText.Parse("main 1 2", new SampleType("a", "count"), new SampleType("b", "count"));

        Assert.Equal("main 2 1\n", FoldedText.Format(profile, 1, 0));
    }

    [Fact]
    public void Inlined_calls_are_frames_and_unknown_ones_are_named_so()
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        var inner = new Line(builder.Function("inner"), 1);
        var outer = new Line(builder.Function("outer"), 2);
        var nameless = new Line(builder.Function(""), 3);
        builder.AddSample(
            builder.Stack([builder.Location(0x10, MappingId.None, [inner, outer]), builder.Location(0xabc, MappingId.None, []), builder.Location(1, MappingId.None, [nameless])]),
            [5]);

        Assert.Equal("[unknown];0xabc;outer;inner 5\n", FoldedText.Format(builder.Build(), 0));
    }

    [Theory]
    [InlineData("operator;")]
    [InlineData("#hash")]
    [InlineData("two\nlines\r")]
    [InlineData("100%3B and %25 and %2e")]
    [InlineData("%25")]
    [InlineData(" spaces ")]
    [InlineData("ends in a number 12")]
    public void A_name_that_would_break_the_line_comes_back_as_it_was(string name)
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        builder.AddSample(builder.Stack([builder.Location(builder.Function("leaf")), builder.Location(builder.Function(name))]), [2]);

        Profile again = FoldedText.Parse(FoldedText.Format(builder.Build(), 0));

        Assert.Equal(["leaf", name], LeafFirst(again, 0));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_survive()
    {
        byte[] line = [(byte)'a', 0xff, (byte)';', 0xc3, (byte)' ', (byte)'1', (byte)'\n'];

        using var target = new MemoryStream();
        FoldedText.Write(FoldedText.Parse(line, ProfileLimits.Default), target, 0);

        Assert.Equal(line, target.ToArray());
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        Gen<string> name = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(n => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(n.Get)));
        Gen<string> any = Gen.OneOf(name, Gen.Elements("a", "b;c", "%3B", "%253B", "#", "x 1", "\r\n"));
        var stacks = Gen.ListOf(Gen.Zip(Gen.ListOf(any), ArbMap.Default.GeneratorFor<int>().Where(v => v != 0)));

        Prop.ForAll(stacks.ToArbitrary(), list =>
        {
            var builder = new ProfileBuilder(SampleType.Samples);
            foreach ((List<string> frames, int value) in list.DistinctBy(s => string.Join('\0', s.Item1)))
                builder.AddSample(builder.Stack([.. frames.Select(f => builder.Location(builder.Function(f)))]), [value]);

            Profile profile = builder.Build();
            string text = FoldedText.Format(profile, 0);
            Profile again = FoldedText.Parse(text);
            Assert.Equal(Lines(profile), Lines(again));
            Assert.Equal(text, FoldedText.Format(again, 0));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Limits_hold()
    {
        Assert.Throws<ProfileFormatException>(() => Parse("a;b;c 1", ProfileLimits.Default with { MaxStackDepth = 2 }));
        Assert.Throws<ProfileFormatException>(() => Parse("a 1\nb 1\nc 1", ProfileLimits.Default with { MaxSamples = 2 }));
        Assert.Throws<ProfileFormatException>(() => Parse(new string('x', 200_000) + " 1", ProfileLimits.Default with { MaxStringBytes = 100_000 }));
    }

    private static Profile Parse(string text, ProfileLimits limits) => FoldedText.Parse(Encoding.UTF8.GetBytes(text), limits);

    private static IEnumerable<string> Lines(Profile profile)
    {
        var lines = new List<string>();
        for (int i = 0; i < profile.Samples.Count; i++)
            lines.Add(string.Join('\0', LeafFirst(profile, i)) + '\0' + profile.Sample(i).Values[0]);

        return lines.Order(StringComparer.Ordinal);
    }

    private static List<string> LeafFirst(Profile profile, int sample)
    {
        var names = new List<string>();
        foreach (LocationId id in profile.Sample(sample).Stack)
            names.Add(profile.Function(profile.Locations[id].Lines[0].Function).Name);

        return names;
    }
}
