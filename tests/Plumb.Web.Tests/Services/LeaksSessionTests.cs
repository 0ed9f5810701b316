using Plumb.Web.Leaks;

namespace Plumb.Web.Tests.Services;

public sealed class LeaksSessionTests
{
    private static readonly FigureName[] Figures = [new("goroutines", "count"), new("heap", "bytes")];

    [Fact]
    public void A_series_of_any_length_stays_small_and_keeps_its_ends()
    {
        LeaksSession session = Watching();
        for (int i = 0; i < 100_000; i++)
            session.Add(i, [i, double.NaN], []);

        CurveView curve = Assert.Single(session.Answer().Curves);
        Assert.InRange(curve.Seconds.Length, 200, 480);
        Assert.Equal(0, curve.Seconds[0]);
        Assert.Equal(99_999, curve.Seconds[^1]);
        Assert.Equal(curve.Seconds.Select(second => (double?)second), curve.Values);
        double[] steps = [.. curve.Seconds.Zip(curve.Seconds.Skip(1), (earlier, later) => later - earlier)];
        Assert.Single(steps[..^1].Distinct());
    }

    [Fact]
    public void What_is_missing_is_missing_and_not_zero()
    {
        LeaksSession session = Watching();
        session.Add(0, [5, 1000], ["no metrics", "no metrics"]);
        session.Add(5, [double.NaN, 2000], ["no metrics"]);

        LeaksAnswer answer = session.Answer();
        Assert.Equal((double?[])[5, null], [.. answer.Curves[0].Values]);
        Assert.Equal("no metrics", Assert.Single(answer.Notes));
    }

    [Fact]
    public void Only_so_many_notes_and_moments_are_told()
    {
        LeaksSession session = Watching();
        for (int i = 0; i < 5000; i++)
        {
            session.Add(i, [1, 1], [$"note {i}"]);
            session.Add(new LeakMoment(i, i, ["heap"]));
        }

        LeaksAnswer answer = session.Answer();
        Assert.Equal(20, answer.Notes.Length);
        Assert.Equal(200, answer.Moments.Length);
        Assert.Equal((0, 4999), (answer.Moments[0].Number, answer.Moments[^1].Number));
    }

    [Fact]
    public void Watching_is_stopped_once_and_only_while_it_goes_on()
    {
        int stopped = 0;
        var session = new LeaksSession("shop", TimeProvider.System);
        Assert.False(session.Stop());
        session.Watch(Figures, TimeSpan.FromMinutes(1), 13, () => stopped++);

        Assert.True(session.Stop());
        session.Judge();
        Assert.False(session.Stop());
        Assert.Equal(1, stopped);
    }

    private static LeaksSession Watching()
    {
        var session = new LeaksSession("shop", TimeProvider.System);
        session.Watch(Figures, TimeSpan.FromMinutes(1), 13, () => { });
        return session;
    }
}
