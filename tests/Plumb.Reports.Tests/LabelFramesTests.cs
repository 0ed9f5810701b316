using Plumb.Profiles;

namespace Plumb.Reports.Tests;

public class LabelFramesTests
{
    [Theory]
    [InlineData("", "", "main;work 1\nmain;work 2\nmain;work 4\n")]
    [InlineData("user", "", "<unnamed>;main;work 4\nann,bob;main;work 2\nann;main;work 1\n")]
    [InlineData("", "user", "main;work;<unnamed> 4\nmain;work;ann 1\nmain;work;ann,bob 2\n")]
    [InlineData("user,bytes", "", "<unnamed>;<unnamed>;main;work 4\nann,bob;<unnamed>;main;work 2\nann;2kB;main;work 1\n")]
    [InlineData("bytes,user", "", "2kB;ann;main;work 1\n<unnamed>;<unnamed>;main;work 4\n<unnamed>;ann,bob;main;work 2\n")]
    [InlineData("user", "bytes", "<unnamed>;main;work;<unnamed> 4\nann,bob;main;work;<unnamed> 2\nann;main;work;2kB 1\n")]
    [InlineData("pid", "", "<unnamed>;main;work 1\n<unnamed>;main;work 2\n7;main;work 4\n")]
    [InlineData(",user,", "", "<unnamed>;main;work 4\nann,bob;main;work 2\nann;main;work 1\n")]
    [InlineData("nothing", "", "<unnamed>;main;work 1\n<unnamed>;main;work 2\n<unnamed>;main;work 4\n")]
    public void Labels_become_frames(string root, string leaf, string stacks) =>
        Assert.Equal(Sorted(stacks), Sorted(Stacks(Report(root, leaf))));

    [Fact]
    public void A_key_that_no_sample_has_is_noted()
    {
        Assert.Contains("TagRoot expression matched no samples", Report("nothing", "").Notes);
        Assert.Contains("TagLeaf expression matched no samples", Report("user", "nothing").Notes);
        Assert.Empty(Report("user", "bytes").Notes);
    }

    private static Report Report(string root, string leaf)
    {
        var builder = new ProfileBuilder(SampleType.Samples);
        StackId stack = builder.Stack([builder.Location(builder.Function("work")), builder.Location(builder.Function("main"))]);
        Label ann = Label.OfText(builder.String("user"), builder.String("ann")), bob = Label.OfText(builder.String("user"), builder.String("bob"));
        builder.AddSample(stack, [1], builder.LabelSet(ann, Label.OfNumber(builder.String("bytes"), 2048, builder.String("bytes"))));
        builder.AddSample(stack, [2], builder.LabelSet(ann, bob));
        builder.AddSample(stack, [4], builder.LabelSet(Label.OfNumber(builder.String("pid"), 7)));
        return ReportText.Report(builder.Build(), ReportFormat.Top, ReportText.Plain with { TagRoot = root, TagLeaf = leaf });
    }

    // Without labels equal stacks are one in folded text; samples are told apart by their values.
    private static string Stacks(Report report)
    {
        Profile profile = report.Selection.ToProfile();
        return string.Concat(Enumerable.Range(0, profile.Samples.Count).Select(i =>
            $"{string.Join(';', Names(profile, profile.Samples.Stacks[i]).Select(name => name.Length == 0 ? "<unnamed>" : name))} {profile.Samples.Values(i)[0]}\n"));
    }

    private static List<string> Names(Profile profile, StackId stack)
    {
        var names = new List<string>();
        foreach (LocationId location in profile.Stacks[stack])
            names.Add(profile.Strings[profile.Functions[profile.Locations[location].Lines[0].Function].Name]);

        names.Reverse();
        return names;
    }

    private static string Sorted(string lines) => string.Join('\n', lines.Split('\n').Order(StringComparer.Ordinal));
}
