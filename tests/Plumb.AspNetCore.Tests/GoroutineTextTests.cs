using System.Text;
using Plumb.Profiles;
using Plumb.Profiles.LegacyText;

namespace Plumb.AspNetCore.Tests;

public sealed class GoroutineTextTests
{
    private readonly Profile _profile = Waiting((0, 2), (5, 3));

    [Fact]
    public void One_by_one_each_says_for_how_many_minutes_it_has_waited_as_Go_writes_it()
    {
        string text = GoroutineText.Write(_profile, 2);
        GoroutineDump dump = GoroutineDump.Parse(Encoding.UTF8.GetBytes(text));

        Assert.StartsWith("goroutine 1 [sleep, 5 minutes]:\nShop.Cart.AddAsync(...)\n", text, StringComparison.Ordinal);
        Assert.Contains("goroutine 4 [sleep]:\n", text, StringComparison.Ordinal);
        Assert.Equal([5, 5, 5, 0, 0], dump.Goroutines.Select(goroutine => goroutine.WaitMinutes));
        Assert.Equal(0, dump.SkippedLines);
    }

    [Fact]
    public void By_stack_those_of_one_stack_stand_together_however_long_they_wait()
    {
        string text = GoroutineText.Write(_profile, 1);

        Assert.StartsWith("goroutine profile: total 5\n5 @ ", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split('\n').Count(line => line.EndsWith("# labels: {\"state\":\"sleep\"}", StringComparison.Ordinal)));
    }

    private static Profile Waiting(params (long Minutes, long Count)[] rows)
    {
        var profile = new ProfileBuilder(new ProfileHeader { SampleTypes = [SampleType.Goroutine] });
        StackId stack = profile.Stack([profile.Location(profile.Function("Shop.Cart.AddAsync"))]);
        var state = Label.OfText(profile.String("state"), profile.String("sleep"));
        foreach ((long minutes, long count) in rows)
        {
            LabelSetId labels = minutes == 0
                ? profile.LabelSet(state)
                : profile.LabelSet(state, Label.OfNumber(profile.String("wait"), minutes, profile.String("minutes")));
            profile.AddSample(stack, [count], labels);
        }

        return profile.Build();
    }
}
